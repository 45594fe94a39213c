/** How far outside the view something counts as in it, so that it is ready when it comes. */
const MARGIN = "200px";

const watched = new WeakMap<Element, (inView: boolean) => void>();
let observer: IntersectionObserver | null = null;

/**
 * Tells when an element comes into view or leaves it, scrolled by the page or by a box in it. One observer serves all.
 *
 * @returns what ends the watch
 */
export function onView(element: Element, tell: (inView: boolean) => void): () => void {
  observer ??= createObserver();
  watched.set(element, tell);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}

function createObserver(): IntersectionObserver {
  // Where a browser does not know `scrollMargin`, boxes show their photos a moment later.
  const options: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: MARGIN, scrollMargin: MARGIN };
  return new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting);
  }, options);
}
