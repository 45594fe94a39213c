import { type RefObject, useLayoutEffect, useState } from "react";
import type { PhotoId, Sample } from "../../../dataset/dataset.ts";

interface ActiveCell {
  /** Index of the photo that the Tab key focuses. */
  readonly activeAt: number;
  /** Makes a photo the active one and focuses it. @param scroll whether it is brought into view */
  focus(at: number, scroll: boolean): void;
  /** Focuses the active photo if the focused element is removed in this update. */
  focusIfLost(): void;
}

interface Request {
  readonly only: "always" | "if lost";
  readonly scroll: boolean;
}

/** One tab stop for a whole grid. When the active photo is removed, the photo that takes its place becomes active. */
export function useActiveCell(samples: readonly Sample[], content: RefObject<HTMLElement | null>): ActiveCell {
  const [active, setActive] = useState<{ readonly photo: PhotoId | null; readonly at: number }>({ photo: null, at: 0 });
  const [request, setRequest] = useState<Request | null>(null);
  const isThere = samples[active.at]?.photo === active.photo;
  const found = isThere ? active.at : samples.findIndex(({ photo }) => photo === active.photo);
  const activeAt = found >= 0 ? found : Math.max(0, Math.min(active.at, samples.length - 1));

  useLayoutEffect(() => {
    if (!request) return;
    setRequest(null);
    if (request.only === "if lost" && document.activeElement !== document.body) return;
    const button = content.current?.querySelector<HTMLElement>(`[data-at="${activeAt}"]`);
    button?.focus({ preventScroll: true });
    if (request.scroll) button?.scrollIntoView({ block: "nearest" });
  }, [request, activeAt, content]);

  return {
    activeAt,
    focus(at, scroll) {
      setActive({ photo: samples[at]?.photo ?? null, at });
      setRequest({ only: "always", scroll });
    },
    focusIfLost: () => setRequest({ only: "if lost", scroll: false }),
  };
}
