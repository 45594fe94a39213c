import { type RefObject, useCallback, useState } from "react";
import { useScrolled } from "../../shared/useScrolled.ts";

/** Rows drawn above and below those in view. */
const SPARE = 6;

export interface RowWindow {
  /** The first row to draw. */
  readonly first: number;
  /** After the last one. */
  readonly end: number;
}

/** Which rows of a scrolled table are to be drawn. @param height of a row, in pixels */
export function useRowWindow(viewport: RefObject<HTMLElement | null>, rows: number, height: number): RowWindow {
  const [top, setTop] = useState(0);
  const [inView, setInView] = useState(0);
  const look = useCallback(
    (element: HTMLElement) => {
      // Scrolling within a row draws nothing new.
      setTop(Math.floor(element.scrollTop / height));
      setInView(Math.ceil(element.clientHeight / height));
    },
    [height],
  );
  useScrolled(viewport, look);
  // After a filter, fewer rows may be left than were scrolled past.
  const start = Math.min(top, Math.max(0, rows - inView));
  return { first: Math.max(0, start - SPARE), end: Math.min(rows, start + inView + SPARE) };
}
