/** Every place, empty and full, light and dark: axe finds nothing, and nothing runs out of a phone's width. */
import axe from "axe-core";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { go, type PlaceName, train } from "./places.ts";

const PLACES: readonly PlaceName[] = ["Data", "Train", "Evaluate", "Use", "Export"];
let app: App;
let page: Page;

beforeAll(async () => {
  app = await openApp();
  page = app.page;
  await page.evaluate(axe.source);
});
afterAll(() => app.close());

describe.each(["empty", "full"])("%s", (state) => {
  beforeAll(async () => {
    if (state === "empty") return;
    await go(page, "Data");
    await page.getByRole("button", { name: "Use sample photos" }).click();
    await page.getByText("Added 90 photos.").waitFor();
    await train(page);
  });

  test.each(PLACES)("%s", async (place) => {
    await go(page, place);
    for (const colorScheme of ["light", "dark"] as const) {
      // Without motion there is no moment between two colours.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await violations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

test("the list of projects", async () => {
  await page.getByRole("button", { name: "Projects" }).click();
  await page.getByRole("dialog", { name: "Projects" }).getByRole("listitem").first().waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await violations(page)).toEqual([]);
  }
  await page.keyboard.press("Escape");
});

test("a project that another tab has open", async () => {
  const second = await page.context().newPage();
  await second.goto(page.url());
  await second.getByRole("button", { name: "Use it here" }).waitFor();
  await second.evaluate(axe.source);
  expect(await violations(second)).toEqual([]);
  await second.close();
});

async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}
