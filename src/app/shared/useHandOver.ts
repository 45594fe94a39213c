import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * For an element that goes when it has done its work: the focus that it has then goes to where work goes on.
 * @param to asked when it goes
 */
export function useHandOver<Element extends HTMLElement>(
  to: (from: Element) => HTMLElement | null | undefined,
): RefObject<Element | null> {
  const element = useRef<Element>(null);
  const target = useRef(to);
  target.current = to;
  useLayoutEffect(() => {
    const own = element.current;
    return () => {
      if (!own || own !== document.activeElement) return;
      const next = target.current(own);
      // Not before it is gone.
      queueMicrotask(() => next?.focus());
    };
  }, []);
  return element;
}
