/** Accessibility as axe sees it. */
import axe from "axe-core";
import type { Page } from "playwright";

/** What axe finds on the page as it is: rule and element. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

/** What axe finds in light and in dark, and by how many pixels the page is wider than a phone. */
export async function problems(page: Page): Promise<{ violations: string[]; overflow: number }> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    // Without motion there is no moment between two colours.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    found.push(...(await violations(page)));
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
  await page.setViewportSize({ width: 1280, height: 900 });
  return { violations: found, overflow };
}
