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
    await expectFit(page);
  });
});

test("All photos, with a selection and a filter", async () => {
  await go(page, "Data");
  await page.getByRole("link", { name: "All photos" }).click();
  await page.getByRole("searchbox", { name: "File name" }).fill("1");
  await page.getByRole("list", { name: "All photos" }).getByRole("button").first().click();
  await page.getByRole("button", { name: "Exclude" }).click();
  await expectFit(page);
});

test("Classes, with a selection and a class's options", async () => {
  await go(page, "Data");
  await page.getByRole("button", { name: "Class options" }).first().click();
  await page
    .getByRole("list", { name: /^Photos of/ })
    .getByRole("button")
    .nth(2)
    .click();
  await expectFit(page);
});

/** axe finds nothing, light and dark, and nothing runs out of a phone's width. */
async function expectFit(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // Without motion there is no moment between two colours.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await violations(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}
