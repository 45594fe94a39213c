/** Long work can be stopped, cancelled and watched, and the page stays free. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { go } from "./places.ts";

let app: App;

beforeEach(async () => {
  app = await openApp();
  await app.page.getByRole("button", { name: "Use sample photos" }).click();
  await app.page.getByText("Added 90 photos.").waitFor();
  await go(app.page, "Train");
});
afterEach(() => app.close());

test("Stop ends training within an epoch and keeps the best so far", async () => {
  const { page } = app;
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("1000");
  await page.getByRole("spinbutton", { name: "Patience" }).fill("1000");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  const status = page.getByRole("status", { name: "Training status" });
  await status
    .filter({ hasText: /^Epoch \d+ of 1000, validation loss [\d.]+, best epoch \d+, patience \d+ of 1000$/ })
    .waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await status.filter({ hasText: /^Stopped by you; kept epoch \d+$/ }).waitFor();
  await go(page, "Evaluate");
  await page.getByText("Test accuracy", { exact: true }).waitFor();
});

test("Stop while photos are prepared cancels at once, and what is prepared stays prepared", async () => {
  const { page } = app;
  await page.getByRole("combobox", { name: "Augmentation" }).selectOption({ index: 2 });
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("progressbar", { name: "Preparing photos" }).waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Train", exact: true }).waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});

test("the same data and seed give the same course, and a second run embeds nothing again", async () => {
  const { page } = app;
  const run = async () => {
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await page
      .getByRole("status", { name: "Training status" })
      .filter({ hasText: /kept epoch/ })
      .waitFor();
    await page.getByText("The numbers").click();
    const text = await page.getByRole("table").textContent();
    await page.getByText("The numbers").click();
    return text;
  };
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("20");
  expect(await run()).toBe(await run());
});

test("a setting out of its range is explained and blocks training", async () => {
  const { page } = app;
  await page.getByRole("spinbutton", { name: "Test share" }).fill("0.95");
  await expect.poll(() => page.getByRole("button", { name: "Train", exact: true }).isDisabled()).toBe(true);
});
