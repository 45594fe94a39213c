import { type RefObject, useLayoutEffect, useState } from "react";

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
  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const measure = () => {
      // Scrolling within a row draws nothing new.
      setTop(Math.floor(element.scrollTop / height));
      setInView(Math.ceil(element.clientHeight / height));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [viewport, height]);
  // After a filter, fewer rows may be left than were scrolled past.
  const start = Math.min(top, Math.max(0, rows - inView));
  return { first: Math.max(0, start - SPARE), end: Math.min(rows, start + inView + SPARE) };
}
