/**
 * Remembers which project is being opened until it is shown, so that one that hangs or crashes the page is not opened again
 * by itself when the page is next opened.
 */
import type { ProjectId } from "../../project/project.ts";

const OPENING_KEY = "headstart.opening";
/** A page that has drawn a project and still answers has opened it. */
const SHOWN_AFTER_MS = 500;

export function beginOpening(id: ProjectId): void {
  localStorage.setItem(OPENING_KEY, id);
  whenShown(() => {
    if (localStorage.getItem(OPENING_KEY) === id) localStorage.removeItem(OPENING_KEY);
  });
}

/** The project whose opening was begun and never ended; null for none. It is asked for once. */
export function takeUnfinished(): ProjectId | null {
  const id = localStorage.getItem(OPENING_KEY);
  localStorage.removeItem(OPENING_KEY);
  return id;
}

/** A page that hangs comes to neither. */
function whenShown(opened: () => void): void {
  const once = () => {
    clearTimeout(timer);
    removeEventListener("pagehide", once);
    opened();
  };
  const timer = setTimeout(once, SHOWN_AFTER_MS);
  addEventListener("pagehide", once);
}
