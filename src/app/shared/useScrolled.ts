import { type RefObject, useLayoutEffect } from "react";

/** Looks at a scrolled element at once, and whenever it is scrolled or gets another size. @param look stays the same function */
export function useScrolled(viewport: RefObject<HTMLElement | null>, look: (element: HTMLElement) => void): void {
  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const again = () => look(element);
    again();
    const observer = new ResizeObserver(again);
    observer.observe(element);
    element.addEventListener("scroll", again, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", again);
    };
  }, [viewport, look]);
}
