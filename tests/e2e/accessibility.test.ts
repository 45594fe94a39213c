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
    await page.getByRole("button", { name: "Use sample photos" }).click();
    await page.getByText("Added 90 photos.").waitFor();
    await train(page);
  });

  test.each(PLACES)("%s", async (place) => {
    await go(page, place);
    await expectFit(page);
    await expectHeadingsInOrder();
    if (place === "Train") await expectTrainInSight();
    if (place === "Data" && state === "empty") await expectThreeWays();
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
  await expect.poll(() => focused(page)).toBe("Capture from camera");
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
  await expect.poll(() => focused(page)).toBe("Skip to main content");
  const address = page.url();
  await page.keyboard.press("Enter");
  expect([await focused(page), page.url()]).toEqual([
    await page.getByRole("heading", { level: 1 }).textContent(),
    address,
  ]);
});

test("the camera, which is heard at most once in two seconds, and only when the class changes", async () => {
  await go(page, "Use");
  const heard = await page.evaluateHandle(() => {
    const said: { text: string; at: number }[] = [];
    const regions = new Map<Element, string>();
    const listen = () => {
      for (const region of document.querySelectorAll(
        "[role=status]:not([aria-live=off]), [role=alert], [aria-live=polite]",
      )) {
        const text = region.textContent ?? "";
        if (text && regions.get(region) !== text) said.push({ text, at: performance.now() });
        regions.set(region, text);
      }
    };
    listen();
    said.length = 0;
    new MutationObserver(listen).observe(document.body, { subtree: true, childList: true, characterData: true });
    return said;
  });
  await page.getByRole("button", { name: "Start camera" }).click();
  await page.getByText(/frames a second/).waitFor();
  await page.getByRole("status", { name: "Live prediction" }).getByText(/%$/).waitFor();
  await page.waitForTimeout(6000);
  const said = await heard.jsonValue();
  expect(said.length).toBeGreaterThan(0);
  const classes = said.map(({ text }) => text.split(" ")[0]);
  for (const [at, each] of classes.entries()) expect(each).not.toBe(classes[at - 1]);
  // One more than the pauses, and one for a page that is drawn late.
  const heardFor = (said.at(-1)?.at ?? 0) - (said[0]?.at ?? 0);
  expect(said.length).toBeLessThanOrEqual(heardFor / 2000 + 2);
  await expectFit(page);
  await page.getByRole("button", { name: "Stop camera" }).click();
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
  const photo = page
    .getByRole("list", { name: /^Photos of/ })
    .getByRole("button")
    .nth(2);
  await photo.click();
  await page.getByText("Selecting, enlarging, and the marks on photos").click();
  await expectFit(page);
  await photo.press("Enter");
  await page.getByRole("dialog").waitFor();
  await expectFit(page);
  await page.keyboard.press("Escape");
});
test("a saved model that was deleted is brought back, and the keyboard keeps its place", async () => {
  await go(page, "Export");
  const saved = page.getByRole("list", { name: "Saved models" }).getByRole("listitem");
  for (const number of [1, 2]) {
    await page.getByRole("button", { name: "Save in this browser" }).click();
    await expect.poll(() => saved.count()).toBe(number);
  }
  await saved.first().getByRole("button", { name: "Delete" }).click();
  await expect.poll(() => saved.count()).toBe(1);
  await expect.poll(() => focused(page)).toBe("Open");
  await saved.first().getByRole("button", { name: "Delete" }).click();
  await expect.poll(() => saved.count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("Saved models");
  await page.getByRole("button", { name: "Bring back" }).last().click();
  await expect.poll(() => saved.count()).toBe(1);
  await expect.poll(() => focused(page)).toBe("Saved models");
  await expectFit(page);
});

test("the arrow keys look through the backends and start none", async () => {
  const engine = page.getByRole("status", { name: "Engine" });
  const before = await engine.textContent();
  const backends = page.getByRole("combobox", { name: "Backend" });
  await backends.focus();
  await page.keyboard.press("ArrowDown");
  await page.getByText("Press Enter to choose it.").waitFor();
  await expect.poll(() => backends.inputValue()).not.toBe("auto");
  await page.keyboard.press("Escape");
  expect([await backends.inputValue(), await engine.textContent()]).toEqual(["auto", before]);
  await page.getByText("Press Enter to choose it.").waitFor({ state: "detached" });
});

test("the arrow keys look through the base models and choose none", async () => {
  await go(page, "Train");
  const models = page.getByRole("combobox", { name: "Base model", exact: true });
  const before = await models.inputValue();
  await models.focus();
  await page.keyboard.press("ArrowDown");
  await page.getByText("Press Enter to choose it.").waitFor();
  await expect.poll(() => models.inputValue()).not.toBe(before);
  await expectFit(page);
  await page.keyboard.press("Escape");
  await expect.poll(() => models.inputValue()).toBe(before);
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
