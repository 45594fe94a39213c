import { type RefObject, useCallback, useLayoutEffect, useMemo, useState } from "react";
import { type GridLayout, inView, layOut, type Range } from "./layout.ts";

/** Rows drawn above and below those in view. */
const SPARE_ROWS = 3;

export interface GridWindow {
  readonly layout: GridLayout;
  /** Cells to draw. */
  readonly range: Range;
  /** Whole rows in view, at least one. */
  readonly pageRows: number;
}

/** Which cells of a scrolled grid are to be drawn. @param smallest side of a cell, in pixels */
export function useGridWindow(viewport: RefObject<HTMLElement | null>, count: number, smallest: number): GridWindow {
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  const [topRow, setTopRow] = useState(0);
  const layout = useMemo(() => layOut(count, width, smallest), [count, width, smallest]);
  const { step } = layout;

  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [viewport]);

  const followScroll = useCallback(() => {
    const top = viewport.current?.scrollTop ?? 0;
    // Scrolling within a row draws nothing new.
    setTopRow(step > 0 ? Math.floor(top / step) : 0);
  }, [viewport, step]);
  useLayoutEffect(() => {
    followScroll();
    const element = viewport.current;
    element?.addEventListener("scroll", followScroll, { passive: true });
    return () => element?.removeEventListener("scroll", followScroll);
  }, [viewport, followScroll]);

  const [first, last] = width > 0 ? inView(layout, topRow * step, height + step, SPARE_ROWS) : [0, 0];
  return { layout, range: [first, last], pageRows: Math.max(1, Math.floor(height / step)) };
}
