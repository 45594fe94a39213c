/** Every place, empty and full, light and dark: axe finds nothing, and nothing runs out of a phone's width. */
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problems } from "./axe.ts";
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
    expect(await problems(page)).toEqual({ violations: [], overflow: 0 });
  });
});
