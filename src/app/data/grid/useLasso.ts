import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Rectangle } from "./layout.ts";

/** A pointer that moves less than this while pressed makes a click. In pixels. */
const SLACK = 5;
/** A pointer this near to an edge, or beyond it, scrolls the grid. In pixels. */
const EDGE = 24;
/** How much of the distance beyond the edge is scrolled per frame. */
const SCROLL_SHARE = 0.25;

interface Lasso {
  /** While it is drawn, in the content's pixels. */
  readonly rectangle: Rectangle | null;
  onPointerDown(event: ReactPointerEvent): void;
  /** Whether the current click event is the end of a lasso. */
  endsLasso(): boolean;
}

/**
 * A rectangle drawn with the mouse over scrollable content. Touch scrolls instead.
 *
 * @param begin called when a lasso starts; returns a function that is called with every rectangle. `added`: Shift, Ctrl or ⌘ is held
 */
export function useLasso(
  viewport: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  begin: (added: boolean) => (rectangle: Rectangle) => void,
): Lasso {
  const [rectangle, setRectangle] = useState<Rectangle | null>(null);
  const drawn = useRef(false);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);

  const onPointerDown = (down: ReactPointerEvent) => {
    drawn.current = false;
    const [box, inner] = [viewport.current, content.current];
    if (!box || !inner || down.button !== 0 || down.pointerType === "touch") return;
    // On the scrollbar.
    if (down.clientX > box.getBoundingClientRect().left + box.clientWidth) return;
    const job = new AbortController();
    under.current = job;
    const pointIn = (x: number, y: number) => {
      const { left, top } = inner.getBoundingClientRect();
      return { x: x - left, y: y - top };
    };
    const from = pointIn(down.clientX, down.clientY);
    const added = down.shiftKey || down.ctrlKey || down.metaKey;
    let pointer = { x: down.clientX, y: down.clientY };
    let choose: ((rectangle: Rectangle) => void) | null = null;
    const draw = () => {
      const next = { from, to: pointIn(pointer.x, pointer.y) };
      setRectangle(next);
      choose?.(next);
    };
    const scrollAlong = () => {
      if (job.signal.aborted) return;
      const { top, bottom } = box.getBoundingClientRect();
      const beyond = Math.min(0, pointer.y - top - EDGE) + Math.max(0, pointer.y - bottom + EDGE);
      const before = box.scrollTop;
      box.scrollTop += Math.sign(beyond) * Math.ceil(Math.abs(beyond) * SCROLL_SHARE);
      if (box.scrollTop !== before) draw();
      requestAnimationFrame(scrollAlong);
    };
    const onMove = (event: PointerEvent) => {
      pointer = { x: event.clientX, y: event.clientY };
      if (!choose) {
        if (Math.hypot(pointer.x - down.clientX, pointer.y - down.clientY) < SLACK) return;
        choose = begin(added);
        drawn.current = true;
        box.setPointerCapture(down.pointerId);
        requestAnimationFrame(scrollAlong);
      }
      draw();
    };
    const stop = () => {
      job.abort();
      setRectangle(null);
    };
    const listen = { signal: job.signal };
    addEventListener("pointermove", onMove, listen);
    addEventListener("pointerup", stop, listen);
    addEventListener("pointercancel", stop, listen);
  };

  const endsLasso = () => {
    const ended = drawn.current;
    drawn.current = false;
    return ended;
  };
  return { rectangle, onPointerDown, endsLasso };
}
