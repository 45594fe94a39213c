/** All words that a page shows to the eye and to a screen reader. */
import type { Page } from "playwright";

/**
 * Opens every closed `<details>`, then reads the words of the page.
 *
 * @returns each text once, with where it stands: `button title: Undo`
 */
export async function shownWords(page: Page): Promise<string[]> {
  for (const details of await page.locator("details:not([open]) > summary").all()) {
    if (await details.isVisible()) await details.click();
  }
  return page.evaluate(() => {
    const NAMED_BY = ["aria-label", "aria-description", "aria-valuetext", "title", "placeholder", "alt", "label"];
    const found = new Set([`title: ${document.title}`]);
    const isShown = (element: Element) =>
      (element.closest("select") ?? element).checkVisibility({ visibilityProperty: true });
    for (const element of document.body.querySelectorAll("*")) {
      if (!isShown(element)) continue;
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
    return [...found];
  });
}
