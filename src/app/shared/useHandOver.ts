import { type RefObject, useLayoutEffect, useRef } from "react";

/** For an element that goes when it has done its work: the focus that it has then goes to where work goes on. */
export function useHandOver<Element extends HTMLElement>(to: () => HTMLElement | null): RefObject<Element | null> {
  const element = useRef<Element>(null);
  const target = useRef(to);
  target.current = to;
  useLayoutEffect(() => {
    const own = element.current;
    return () => {
      // What takes its place is there when this update is over.
      if (own && own === document.activeElement) queueMicrotask(() => target.current()?.focus());
    };
  }, []);
  return element;
}
