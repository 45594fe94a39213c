/** Every place, empty and full, light and dark: axe finds nothing, and nothing runs out of a phone's width. */
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { focused, go, type PlaceName, train } from "./places.ts";

const PLACES: readonly PlaceName[] = ["Data", "Train", "Evaluate", "Use", "Export"];
let app: App;
let page: Page;

beforeAll(async () => {
  app = await openApp();
  page = app.page;
});
afterAll(() => app.close());

describe.each(["empty", "full"])("%s", (state) => {
  beforeAll(async () => {
    if (state === "empty") return;
    await go(page, "Data");
    await expectThreeWays();
    await page.getByRole("button", { name: "Use sample photos" }).click();
    await page.getByText("Added 90 photos.").waitFor();
    await train(page);
  });

  test.each(PLACES)("%s", async (place) => {
    await go(page, place);
    await expectFit(page);
    await expectHeadingsInOrder();
    if (place === "Train") await expectTrainInSight();
  });
});

/** What this is, and three clear ways to begin; the camera's makes the first class, and gives the focus to it. */
async function expectThreeWays(): Promise<void> {
  await page.getByRole("heading", { level: 2, name: /^Show this page photos/ }).waitFor();
  const ways = page.getByRole("region", { name: /^Show this page photos/ }).getByRole("listitem");
  expect(await ways.getByRole("heading", { level: 3 }).allTextContents()).toEqual([
    "With the camera",
    "From folders",
    "Just looking",
  ]);
  await ways.nth(1).getByLabel("Add folders").waitFor();
  await ways.nth(2).getByRole("button", { name: "Use sample photos" }).waitFor();
  await ways.nth(0).getByRole("button", { name: "Capture from camera" }).click();
  const dialog = page.getByRole("dialog", { name: "Photos of “Class 1”" });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await focused(page)).toBe("Capture from camera");
  await page.getByRole("button", { name: "Undo" }).click();
  await ways.first().waitFor();
}

/** One heading of the first level, and none that skips a level. */
async function expectHeadingsInOrder(): Promise<void> {
  const levels = await page
    .locator("main :is(h1, h2, h3, h4)")
    .evaluateAll((all) => all.map(({ tagName }) => Number(tagName.slice(1))));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  expect(levels[0]).toBe(1);
  expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
}

/** Without scrolling, and with nothing over it. */
async function expectTrainInSight(): Promise<void> {
  for (const [width, height] of [
    [390, 844],
    [1024, 768],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    const seen = await page.getByRole("button", { name: "Train", exact: true }).evaluate((button) => {
      const { left, right, top, bottom } = button.getBoundingClientRect();
      const corners = [
        [left + right, top + top + 4],
        [left + right, bottom + bottom - 4],
      ].map(([x = 0, y = 0]) => document.elementFromPoint(x / 2, y / 2) === button);
      return { scrolled: scrollY, top, within: bottom <= innerHeight && left >= 0 && right <= innerWidth, corners };
    });
    expect([width, seen]).toEqual([
      width,
      { scrolled: 0, top: expect.any(Number), within: true, corners: [true, true] },
    ]);
    expect(seen.top).toBeGreaterThan(0);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

test("the keyboard's first stop leads past the navigation", async () => {
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to main content");
  const address = page.url();
  await page.keyboard.press("Enter");
  expect([await focused(page), page.url()]).toEqual([
    await page.getByRole("heading", { level: 1 }).textContent(),
    address,
  ]);
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
test("the list of projects", async () => {
  await page.getByRole("button", { name: "Projects" }).click();
  await page.getByRole("dialog", { name: "Projects" }).getByRole("listitem").first().waitFor();
  await expectFit(page);
  await page.keyboard.press("Escape");
});

test("a project that another tab has open", async () => {
  const second = await page.context().newPage();
  await second.goto(page.url());
  await second.getByRole("button", { name: "Use it here" }).waitFor();
  await expectFit(second);
  await second.close();
});
