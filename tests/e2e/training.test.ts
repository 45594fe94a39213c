/** Long work can be stopped, cancelled and watched, and the page stays free. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import {
  classify,
  downloadAndOpen,
  focused,
  go,
  setUpLongTraining,
  toldOfPreparing,
  train,
  trainByGradient,
} from "./places.ts";

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
  await setUpLongTraining(page);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  const status = page.getByRole("status", { name: "Training status" });
  await status
    .filter({ hasText: /^Epoch \d+ of 1000, validation loss [\d.]+, best epoch \d+, patience \d+ of 1000$/ })
    .waitFor();
  await expect.poll(() => focused(page)).toBe("Stop");
  await page.getByRole("button", { name: "Stop" }).click();
  await status.filter({ hasText: /^Stopped by you; kept epoch \d+$/ }).waitFor();
  await expect.poll(() => focused(page)).toMatch(/^Done: \d+ of 15 test photos right/);
  await go(page, "Evaluate");
  await page.getByText("Test accuracy", { exact: true }).waitFor();
});

test("Stop while photos are prepared cancels at once, and what is prepared stays prepared", async () => {
  const { page } = app;
  await page.getByRole("combobox", { name: "Augmentation" }).selectOption({ index: 2 });
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("progressbar", { name: "Preparing photos" }).waitFor();
  const before = await toldOfPreparing(page);
  // Under way: some are prepared, most are not.
  await expect
    .poll(async () => (await before()).at(-1)?.done ?? 0, { timeout: 60_000, interval: 20 })
    .toBeGreaterThan(0);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Train", exact: true }).waitFor({ timeout: 5000 });
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("Train");
  const stopped = (await before()).at(-1);
  expect(stopped?.done).toBeLessThan(stopped?.total ?? 0);
  const after = await toldOfPreparing(page);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  const same = async () => (await after()).find(({ total }) => total === stopped?.total);
  await expect.poll(same, { timeout: 60_000 }).toBeDefined();
  expect((await same())?.done).toBeGreaterThanOrEqual(stopped?.done ?? Number.NaN);
  await page.getByRole("button", { name: "Stop" }).click();
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
    const text = await page.getByRole("table", { name: "The numbers" }).textContent();
    await page.getByText("The numbers").click();
    return text;
  };
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("20");
  const first = await run();
  const told = await toldOfPreparing(page);
  expect(await run()).toBe(first);
  // All that it tells of preparing is that nothing is left to prepare.
  expect((await told()).filter(({ done, total }) => done < total)).toEqual([]);
});

test("the head can be another one, and the model opens again with the same answers", async () => {
  const { page } = app;
  await page.getByText("More settings").click();
  await page.getByRole("combobox", { name: "Features" }).selectOption({ label: "Flatten: keeps where things are" });
  await page.getByRole("combobox", { name: "Optimizer" }).selectOption({ label: "SGD with momentum" });
  await page.getByRole("combobox", { name: "Learning rate over time" }).selectOption({ label: "Cosine, down to 0" });
  await page.getByRole("textbox", { name: "Hidden layers" }).fill("24, 12");
  await page.getByRole("spinbutton", { name: "Dropout" }).fill("0.1");
  await page.getByRole("spinbutton", { name: "L2" }).fill("0.0001");
  await page.getByRole("spinbutton", { name: "Label smoothing" }).fill("0.05");
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("30");
  await page.getByRole("checkbox", { name: "Let rare classes count as much as common ones" }).check();
  await train(page);
  await go(page, "Use");
  const photo = { name: "probe.png", mimeType: "image/png", buffer: png(120, 120, stripes("blue-level", 4)) };
  const before = await classify(page, photo);
  await downloadAndOpen(page, "TensorFlow.js");
  await go(page, "Use");
  expect(await classify(page, { ...photo, name: "again.png" })).toEqual(before);
});

test("the base's last blocks are fine-tuned, and the model opens again with the same answers", async () => {
  const { page } = app;
  await trainByGradient(page);
  await page.getByRole("spinbutton", { name: "Epochs", exact: true }).fill("2");
  await page.getByRole("checkbox", { name: "Fine-tune base layers" }).check();
  await page.getByRole("spinbutton", { name: "Blocks to fine-tune" }).fill("2");
  await page.getByRole("spinbutton", { name: "Fine-tuning epochs" }).fill("3");
  await page.getByRole("spinbutton", { name: "Fine-tuning learning rate" }).fill("0.001");
  // Two epochs of the head, three of both.
  expect(await train(page)).toMatch(/Finished 5 epochs; kept epoch [345]/);
  await go(page, "Use");
  const photo = { name: "probe.png", mimeType: "image/png", buffer: png(120, 120, stripes("blue-level", 4)) };
  const before = await classify(page, photo);
  await downloadAndOpen(page, "Teachable Machine");
  await go(page, "Use");
  expect(await classify(page, { ...photo, name: "again.png" })).toEqual(before);
});

test("the base model looks at photos of another size, and the classifier takes it along", async () => {
  const { page } = app;
  await page.getByRole("combobox", { name: "Input size" }).selectOption("128 pixels");
  await page.getByText("128 × 128 pixels").waitFor();
  await page.getByRole("spinbutton", { name: "Epochs", exact: true }).fill("20");
  await train(page);
  await go(page, "Use");
  const photo = { name: "probe.png", mimeType: "image/png", buffer: png(120, 120, stripes("blue-level", 4)) };
  const before = await classify(page, photo);
  await downloadAndOpen(page, "TensorFlow.js");
  await go(page, "Use");
  expect(await classify(page, { ...photo, name: "again.png" })).toEqual(before);
});

test("with cross-validation every photo is tested once", async () => {
  const { page } = app;
  await page.getByText("More settings").click();
  await page.getByRole("spinbutton", { name: "Cross-validation folds" }).fill("3");
  await page.getByRole("spinbutton", { name: "Epochs", exact: true }).fill("20");
  await train(page);
  await go(page, "Evaluate");
  await page.getByText(/of 90 test photos right/).waitFor();
  await page.getByText(/tested once, by one of 3 classifiers/).waitFor();
  const rows = page.getByRole("table", { name: "Per-class metrics" }).getByRole("row");
  const supports = await Promise.all([1, 2, 3].map((at) => rows.nth(at).getByRole("cell").last().textContent()));
  expect(supports).toEqual(["30", "30", "30"]);
});

test("what came of it comes first, says when it no longer matches the project, and training again mends that", async () => {
  const { page } = app;
  const epochs = page.getByRole("spinbutton", { name: "Epochs" });
  const stale = page.getByText(/^\d+ changes? since this run\./);
  const result = page.getByRole("status", { name: "Result" });
  await trainByGradient(page);
  await epochs.fill("4");
  await train(page);
  await result.getByRole("heading", { name: /^Done: \d+ of 15 test photos right$/ }).waitFor();
  await result.getByText(/^For photos like these, expect [\d.]+% to [\d.]+% right/).waitFor();
  for (const name of ["See the details", "Use with the camera", "Export"]) {
    await result.getByRole("link", { name }).waitFor();
  }
  await expect.poll(() => stale.count()).toBe(0);

  await epochs.fill("5");
  await page.getByText("1 change since this run. Train again.", { exact: true }).waitFor();
  await go(page, "Data");
  const photos = page.getByRole("list", { name: "Photos of Cups" }).getByRole("button");
  await photos.first().click();
  await page.getByRole("button", { name: "Exclude" }).click();
  for (const place of ["Evaluate", "Use", "Export"] as const) {
    await go(page, place);
    await page.getByText("2 changes since this run.", { exact: true }).waitFor();
  }
  await page.getByRole("button", { name: "Train again" }).click();
  await page.getByRole("heading", { level: 1, name: "Train" }).waitFor();
  await expect.poll(() => focused(page)).toBe("Train");
  await page.getByRole("status", { name: "Training status" }).filter({ hasText: "Finished 5 epochs" }).waitFor();
  await expect.poll(() => stale.count()).toBe(0);
  await page.reload();
  await go(page, "Evaluate");
  await page.getByText("Test accuracy", { exact: true }).waitFor();
  await expect.poll(() => stale.count()).toBe(0);
});

test("a setting out of its range is explained and blocks training", async () => {
  const { page } = app;
  await page.getByRole("spinbutton", { name: "Test share" }).fill("0.95");
  const isBlocked = () => page.getByRole("button", { name: "Train", exact: true }).isDisabled();
  const explanation = page.getByText("Test share must be a number from 0 to 0.8.");
  await expect.poll(isBlocked).toBe(true);
  await explanation.waitFor();
  await page.getByRole("spinbutton", { name: "Test share" }).fill("0.2");
  await expect.poll(isBlocked).toBe(false);
  await expect.poll(() => explanation.count()).toBe(0);
});

test("runs are remembered, the latest first, each with what differs from the one above it", async () => {
  const { page } = app;
  const table = page.getByRole("table", { name: "Runs" });
  for (const epochs of ["5", "6"]) {
    await go(page, "Train");
    await trainByGradient(page);
    await page.getByRole("spinbutton", { name: "Epochs" }).fill(epochs);
    await train(page);
    await page.getByRole("tab", { name: "Runs" }).click();
  }
  const rows = table.getByRole("row");
  await expect.poll(() => rows.count()).toBe(3);
  await expect
    .poll(() => rows.nth(1).textContent())
    .toMatch(/Run 2.*Epochs 6.*60 \+ 15 \+ 15.*Finished 6 epochs; kept epoch \d.*In use/);
  await page.reload();
  await expect.poll(() => rows.nth(2).textContent()).toMatch(/Run 1.*Epochs 5.*Finished 5 epochs; kept epoch \d/);
});
