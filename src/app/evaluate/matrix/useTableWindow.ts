import { type RefObject, useCallback, useState } from "react";
import { useScrolled } from "../../shared/useScrolled.ts";
import { isSameWindow, type Sides, type TableWindow, windowOf } from "./window.ts";

/** What of a scrolled table is drawn, and a way to look again at once. @param size rows, and as many columns */
export function useTableWindow(viewport: RefObject<HTMLElement | null>, size: number, cell: Sides) {
  const [shown, setShown] = useState<TableWindow>({ rows: [0, 0], columns: [0, 0] });
  const { width, height } = cell;
  const look = useCallback(() => {
    const element = viewport.current;
    if (!element) return;
    const view = {
      ...{ top: element.scrollTop, left: element.scrollLeft },
      ...{ width: element.clientWidth, height: element.clientHeight },
    };
    const next = windowOf(size, { width, height }, view);
    setShown((before) => (isSameWindow(before, next) ? before : next));
  }, [viewport, size, width, height]);
  useScrolled(viewport, look);
  return { shown, look };
}
