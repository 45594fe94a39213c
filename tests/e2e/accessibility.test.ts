/** Every place, empty and full, light and dark: axe finds nothing, and nothing runs out of a phone's width. */
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, test } from "vitest";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { go, type PlaceName, train } from "./places.ts";

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
