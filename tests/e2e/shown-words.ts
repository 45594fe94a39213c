/** All words that a page shows to the eye and to a screen reader. */
import type { Page } from "playwright";

/**
 * Opens every closed `<details>`, then reads the words of some parts of the page, and the document's title.
 *
 * @param parts selectors of the parts
 * @param except selectors of what is left out of them
 * @returns each text once, with where it stands: `button title: Undo`
 */
export async function shownWords(page: Page, parts: readonly string[], except: readonly string[]): Promise<string[]> {
  for (const details of await page.locator("details:not([open]) > summary").all()) {
    if (await details.isVisible()) await details.click();
  }
  const selectors = { parts: parts.join(","), except: except.join(",") };
  return page.evaluate(({ parts, except }) => {
    const NAMED_BY = ["aria-label", "aria-description", "aria-valuetext", "title", "placeholder", "alt", "label"];
    const found = new Set([`title: ${document.title}`]);
    const isShown = (element: Element) =>
      (element.closest("select") ?? element).checkVisibility({ visibilityProperty: true });
    for (const root of document.querySelectorAll(parts)) {
      for (const element of [root, ...root.querySelectorAll("*")]) {
        if (!isShown(element) || (except && element.closest(except))) continue;
        const tag = element.tagName.toLowerCase();
        for (const name of NAMED_BY) {
          const value = element.getAttribute(name);
          if (value) found.add(`${tag} ${name}: ${value}`);
        }
        for (const node of element.childNodes) {
          const text = node.nodeType === Node.TEXT_NODE ? node.textContent?.trim() : "";
          if (text) found.add(`${tag}: ${text}`);
        }
      }
    }
    return [...found];
  }, selectors);
}
