/** A project that was made with the base model of an earlier version. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { focused, go, train } from "./places.ts";

let app: App;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

/** The id of MobileNetV2 0.50 at 96 px, by which earlier versions kept it. */
const EARLIER = "4558156d6a3ad8ba";

/** The base model that the kept project names. @param change what it is to name from now on */
function choiceInStorage(change: string | null = null): Promise<string | null> {
  return app.page.evaluate(
    (baseModelId) =>
      new Promise<string | null>((resolve, reject) => {
        const opening = indexedDB.open("headstart");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("projectStates", "readwrite");
          let found: string | null = null;
          transaction.onerror = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(found);
          };
          const cursor = transaction.objectStore("projectStates").openCursor();
          cursor.onsuccess = () => {
            if (!cursor.result) return;
            const { state, ...rest } = cursor.result.value;
            found = state.baseModelId;
            if (baseModelId) cursor.result.update({ ...rest, state: { ...state, baseModelId } });
          };
        };
      }),
    change,
  );
}

test("opens, trains with nothing else unasked, and takes the built-in base model when told", async () => {
  const { page } = app;
  await page.getByRole("button", { name: "Use sample photos" }).click();
  await page.getByText("Added 90 photos.").waitFor();
  await go(page, "Train");
  // All is kept by now.
  await expect.poll(() => choiceInStorage()).not.toBeNull();
  await choiceInStorage(EARLIER);
  await page.reload();

  await page.getByText(/made with MobileNetV2 0\.50, the base model that came with an earlier version/).waitFor();
  const models = page.getByRole("combobox", { name: "Base model" });
  await expect.poll(() => models.locator("option:checked").textContent()).toBe("not in this browser");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/This project’s base model is not in this browser/)
    .waitFor();
  expect(await choiceInStorage()).toBe(EARLIER);

  await page.getByRole("button", { name: "Use EfficientNet-Lite0" }).click();
  await expect.poll(() => models.locator("option:checked").textContent()).toBe("EfficientNet-Lite0");
  await expect.poll(() => page.getByText(/came with an earlier version/).count()).toBe(0);
  // What was wrong is mended, and work goes on at the list.
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("Base model");
  await train(page);
});
