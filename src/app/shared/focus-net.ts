/** Catches the focus where what has it goes away: the keyboard's place is never lost. */

/** The focused element and what is around it, from the inside out, each with its place among its neighbours. */
type Trail = readonly { readonly element: Element; readonly place: number }[];

/** Whoever moves the focus on purpose after a change has done so by then. */
const LATE_MS = 50;
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
/** Marks what one only passes through, as messages: the focus goes back to where it was before. */
const PASSING = "[data-passing]";

/**
 * When the focused element is removed, hidden or disabled and nothing else takes the focus, it goes to the nearest thing
 * that is left: what has taken its place in a list, its neighbours, what surrounds it, or the heading of the page.
 *
 * @returns what ends the watch
 */
export function catchFocus(root: HTMLElement): () => void {
  let trail: Trail = [];
  /** The last one outside of what one passes through. */
  let home: Trail = [];
  const controller = new AbortController();
  const { signal } = controller;

  const isLost = () => trail[0] !== undefined && !isUsable(trail[0].element);
  const rescue = () => {
    if (!isLost() || !isNowhere(document.activeElement)) return;
    const passing = trail.some(({ element }) => element.matches(PASSING));
    const found = passing ? nearest(home) : nearest(trail);
    trail = [];
    (found ?? heading())?.focus();
  };
  const observer = new MutationObserver(() => {
    if (isLost()) setTimeout(rescue, LATE_MS);
  });
  observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled", "hidden"] });
  root.addEventListener(
    "focusin",
    ({ target }) => {
      if (!(target instanceof Element)) return;
      trail = trailOf(target, root);
      if (!target.closest(PASSING)) home = trail;
    },
    { signal },
  );
  root.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      // Somebody clicked beside everything: the focus is meant to be nowhere.
      if (relatedTarget === null) setTimeout(() => !isLost() && isNowhere(document.activeElement) && forget());
    },
    { signal },
  );
  const forget = () => {
    trail = [];
  };
  return () => {
    observer.disconnect();
    controller.abort();
  };
}

function trailOf(target: Element, root: Element): Trail {
  const trail: { element: Element; place: number }[] = [];
  for (let element: Element | null = target; element && element !== root; element = element.parentElement) {
    trail.push({ element, place: [...(element.parentElement?.children ?? [])].indexOf(element) });
  }
  return trail;
}

/** The first thing outwards that can have the focus; null where only the page's frame is left. */
function nearest(trail: Trail): HTMLElement | null {
  const main = document.querySelector("main");
  for (const [at, { element }] of trail.entries()) {
    if (!element.isConnected) continue;
    if (element.contains(main)) return null;
    if (isUsable(element) && element.matches(FOCUSABLE)) return element as HTMLElement;
    const place = trail[at - 1]?.place ?? 0;
    const children = [...element.children];
    // What is there now, what comes after it, and then what is before it.
    for (const child of [...children.slice(place), ...children.slice(0, place).reverse()]) {
      const found = [child, ...child.querySelectorAll(FOCUSABLE)].find(
        (each) => each.matches(FOCUSABLE) && isUsable(each),
      );
      if (found) return found as HTMLElement;
    }
    if (element.matches("section, dialog")) {
      const title = element.querySelector<HTMLElement>("h2, h3");
      title?.setAttribute("tabindex", "-1");
      if (title) return title;
    }
  }
  return null;
}

function heading(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main h1");
}

function isUsable(element: Element): boolean {
  return element.isConnected && !element.matches(":disabled, [hidden], [hidden] *");
}

function isNowhere(element: Element | null): boolean {
  return element === null || element === document.body || !isUsable(element);
}
