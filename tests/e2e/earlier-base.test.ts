/** A project that was made with the base model of an earlier version. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { go, train } from "./places.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

/** Makes every project name this base model as its choice, as an earlier version kept it. */
async function chooseInStorage(id: string): Promise<void> {
  await app.page.evaluate(
    (baseModelId) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("headstart");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("projectStates", "readwrite");
          transaction.onerror = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          const cursor = transaction.objectStore("projectStates").openCursor();
          cursor.onsuccess = () => {
            if (!cursor.result) return;
            const { state, ...rest } = cursor.result.value;
            cursor.result.update({ ...rest, state: { ...state, baseModelId } });
            cursor.result.continue();
          };
        };
      }),
    id,
  );
}

test("it opens, says what is missing, trains nothing with another in its place, and takes the built-in one when asked", async () => {
  const { page } = app;
  await page.getByRole("button", { name: "Use sample photos" }).click();
  await page.getByRole("progressbar", { name: "Adding photos" }).waitFor();
  await page.getByRole("progressbar", { name: "Adding photos" }).waitFor({ state: "detached" });
  // Kept with the project; the id of MobileNetV2 0.50 at 96 px.
  await go(page, "Train");
  await chooseInStorage("4558156d6a3ad8ba");
  await page.reload();

  await page.getByText(/made with MobileNetV2 0\.50, the base model that came with an earlier version/).waitFor();
  const models = page.getByRole("combobox", { name: "Base model" });
  expect(await models.locator("option:checked").textContent()).toBe("not in this browser");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/This project’s base model is not in this browser/)
    .waitFor();

  await page.getByRole("button", { name: "Use EfficientNet-Lite0" }).click();
  expect(await models.locator("option:checked").textContent()).toBe("EfficientNet-Lite0");
  expect(await page.getByText(/came with an earlier version/).count()).toBe(0);
  await train(page);
});
