/** The main job on each kind of backend: photos in, trained, evaluated, used, taken away. Driven by the names people see. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { film, type Painter, png, stripes } from "./photos.ts";
import { addFolder, classify, download, go, openFile, train } from "./places.ts";
import { KINDS, writeStripedFolders } from "./striped-folders.ts";

const PHOTOS_A_CLASS = 16;

/** Like none of the stripes. */
const discs: Painter = (x, y) => (((x % 40) - 20) ** 2 + ((y % 40) - 20) ** 2 < 200 ? [250, 230, 20] : [10, 90, 30]);

describe.each([
  { backend: "WebAssembly", option: /^WebAssembly/, url: inject("shippedUrl") },
  // A GPU imitated in software takes minutes for photos of 224 pixels.
  { backend: "WebGL", option: /^WebGL/, url: inject("tinyUrl") },
  { backend: "WebGPU", option: /^WebGPU/, url: inject("tinyUrl") },
])("on $backend", ({ backend, option, url }) => {
  let app: App;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    folder = await makeFolders();
    app = await openApp({ film: film(320, 240, 10, stripes("red-upright", 3)), url });
    page = app.page;
  });

  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("the engine says what it runs on, and can be told", async () => {
    const engine = page.getByRole("status", { name: "Engine" });
    await expect.poll(() => engine.textContent(), { timeout: 30_000 }).toContain("WebAssembly");
    // The engine's own thread is one of them; beside them is the worker that stores. None waits for nothing.
    const [, threads] = /, (\d+) threads?/.exec((await engine.textContent()) ?? "") ?? [];
    expect(page.workers()).toHaveLength(Number(threads) + 1);
    await page.getByRole("combobox", { name: "Backend" }).selectOption({ label: await optionLabel(page, option) });
    await expect.poll(() => engine.textContent(), { timeout: 60_000 }).toContain(`${backend}`);
  });

  test("folders become classes, and a broken photo is named", async () => {
    await addFolder(page, folder);
    for (const name of KINDS) {
      const region = page.getByRole("region", { name });
      await expect
        .poll(() => region.getByText(/^\d+ photos$/).textContent(), { timeout: 60_000 })
        .toBe(`${PHOTOS_A_CLASS} photos`);
    }
    await expect
      .poll(() =>
        page
          .getByRole("alert")
          .allTextContents()
          .then((texts) => texts.join()),
      )
      .toContain("broken.png");
  });

  test("training shows each epoch as it ends, and says why it stopped", async () => {
    await go(page, "Train");
    await page.getByRole("spinbutton", { name: "Epochs" }).fill("40");
    expect(await train(page)).toMatch(
      /^(Stopped early at epoch \d+: no improvement for \d+ epochs; kept epoch \d+|(Finished 40 epochs|Converged at epoch \d+); kept epoch \d+)$/,
    );
    await page.getByRole("figure", { name: "Loss" }).waitFor();
    await page.getByRole("figure", { name: "Accuracy" }).waitFor();
  });

  test("it is evaluated on photos it never saw", async () => {
    await go(page, "Evaluate");
    const accuracy = page.getByRole("definition").first();
    await expect.poll(() => accuracy.textContent()).toContain("100.0");
    const metrics = page.getByRole("table", { name: "Per-class metrics" });
    await expect.poll(() => metrics.getByRole("row").count()).toBe(1 + KINDS.length);
    const matrix = page.getByRole("table", { name: "Confusion matrix" });
    await matrix.waitFor();
    await metrics.getByRole("button", { name: "Class", exact: true }).click();
    const byName = page.getByRole("columnheader", { name: "Class", exact: true }).first();
    await expect.poll(() => byName.getAttribute("aria-sort")).toBe("ascending");
    await matrix.getByRole("button", { name: /^[1-9]\d* of red-upright called red-upright$/ }).click();
    await page.getByRole("heading", { name: "red-upright, called right" }).waitFor();
    await page.getByText("All metrics", { exact: true }).click();
    await page.getByRole("table", { name: "All classes together" }).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download report" }).click();
    expect((await download).suggestedFilename()).toMatch(/report\.html$/);
  });

  test("it classifies chosen photos", async () => {
    await go(page, "Use");
    await page.getByLabel("Classify photos").setInputFiles({
      name: "new.png",
      mimeType: "image/png",
      buffer: png(320, 240, stripes("blue-level", 77)),
    });
    const item = page.getByRole("list", { name: "Predictions" }).getByRole("listitem").first();
    await expect.poll(() => item.textContent(), { timeout: 60_000 }).toMatch(/new\.png.*blue-level.*%/s);
    // What the tiny base model of the other backends sees is too coarse.
    if (url !== inject("shippedUrl")) return;
    await page
      .getByLabel("Classify photos")
      .setInputFiles({ name: "other.png", mimeType: "image/png", buffer: png(320, 240, discs) });
    await expect.poll(() => item.textContent(), { timeout: 60_000 }).toMatch(/other\.pngNone of these.*%/s);
  });

  test("it classifies a folder in one table, says how good it is there, and gives the table away", async () => {
    const others = await mkdtemp(join(tmpdir(), "headstart-others-"));
    await writeStripedFolders(others, 1, 320, 240);
    await page.getByLabel("Classify a folder").setInputFiles(others);
    await page.getByText("Accuracy on these photos").waitFor({ timeout: 60_000 });
    const table = page.getByRole("table", { name: "Classified photos" });
    expect(await table.getByRole("row").count()).toBe(1 + KINDS.length);
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download results" }).click();
    const lines = (await readFile(await (await downloading).path(), "utf8")).trim().split("\r\n");
    expect(lines[0]).toMatch(/^file,true_class,class_1,confidence_1,class_2,confidence_2/);
    expect(lines.slice(1).map((line) => line.split(",")[1])).toEqual([...KINDS].sort());
    await page.getByRole("button", { name: "Close the table" }).click();
    await rm(others, { recursive: true });
  });

  test("it classifies the live camera", async () => {
    await page.getByRole("button", { name: "Start camera" }).click();
    const live = page.getByRole("status", { name: "Live prediction" });
    await expect.poll(() => live.textContent(), { timeout: 60_000 }).toMatch(/^red-upright \d+\.\d\s?%$/);
    await expect.poll(() => page.getByText(/frames a second/).textContent()).toMatch(/[\d.]+ frames a second/);
    // The others are given photos of 32 pixels, which leave no map of several places.
    if (backend === "WebAssembly") {
      await page.getByRole("checkbox", { name: "Show why" }).check();
      await page.getByText(/^Called “red-upright”, .* of the photo counts/).waitFor({ timeout: 60_000 });
      await page.getByRole("checkbox", { name: "Show why" }).uncheck();
    }
    await page.getByRole("button", { name: "Stop camera" }).click();
  });

  test("with one camera on a desk there is no button for another, and the screen stays on only while it runs", async () => {
    // This browser's own lock cannot be looked at.
    await page.evaluate(() => {
      const locks = { held: 0 };
      const request = async () => {
        locks.held += 1;
        return {
          async release() {
            locks.held -= 1;
          },
        };
      };
      Object.assign(globalThis, { locks });
      Object.defineProperty(navigator, "wakeLock", { value: { request }, configurable: true });
    });
    const held = () => page.evaluate(() => (globalThis as unknown as { locks: { held: number } }).locks.held);
    const other = page.getByRole("button", { name: "Other camera" });
    await page.getByRole("button", { name: "Start camera" }).click();
    await page.getByText(/frames a second/).waitFor();
    expect([await held(), await other.count()]).toEqual([1, 0]);
    await page.getByRole("button", { name: "Stop camera" }).click();
    await expect.poll(held).toBe(0);

    // The fake camera once more, under another name.
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      const listed = mediaDevices.enumerateDevices.bind(mediaDevices);
      mediaDevices.enumerateDevices = async () => {
        const all = await listed();
        return [...all, ...all.filter(({ kind }) => kind === "videoinput")];
      };
    });
    await page.getByRole("button", { name: "Start camera" }).click();
    await other.click();
    await page.getByText(/frames a second/).waitFor();
    expect(await held()).toBe(1);
    await page.getByRole("button", { name: "Stop camera" }).click();
    await expect.poll(held).toBe(0);
    await expect.poll(() => other.count()).toBe(0);
  });

  test.each([
    ["Teachable Machine", ["metadata.json", "model.json", "weights.bin"]],
    ["TensorFlow.js", ["model.json", "weights.bin"]],
  ])("a %s download opens again with the same predictions", async (format, files) => {
    const before = await predict(page);
    const path = join(folder, `${format}.zip`);
    await download(page, format, path);
    const names = (await readFile(path)).toString("latin1");
    for (const name of files) expect(names).toContain(name);

    await openFile(page, path);
    const after = await predict(page);
    // The page shows tenths of a percent.
    expect(after.map(({ className }) => className)).toEqual(before.map(({ className }) => className));
    for (const [index, { percentage }] of after.entries()) {
      expect(percentage).toBeCloseTo(before[index]?.percentage ?? Number.NaN, 1);
    }
  });

  test("a model saved in this browser opens after a reload, and the photos are back", async () => {
    const before = await predict(page);
    await go(page, "Export");
    await page.getByRole("button", { name: "Save in this browser" }).click();
    const saved = page.getByRole("list", { name: "Saved models" }).getByRole("listitem");
    await expect.poll(() => saved.count()).toBe(1);

    await page.reload();
    await go(page, "Data");
    await expect
      .poll(() =>
        page
          .getByRole("region", { name: "red-upright" })
          .getByText(/^\d+ photos$/)
          .textContent(),
      )
      .toBe(`${PHOTOS_A_CLASS} photos`);
    await go(page, "Export");
    await saved.first().getByRole("button", { name: "Open" }).click();
    await page
      .getByRole("status")
      .getByText(/opened “/i)
      .first()
      .waitFor();
    expect(await predict(page)).toEqual(before);
  });

  test("nothing left the tab and nothing was complained of", () => {
    expect(app.complaints).toEqual([]);
  });
});

/** What the page shows for one photo, best first. */
async function predict(page: Page) {
  await go(page, "Use");
  const buffer = png(320, 240, stripes("blue-level", 5));
  return classify(page, { name: `probe-${Date.now()}.png`, mimeType: "image/png", buffer });
}

async function optionLabel(page: Page, pattern: RegExp): Promise<string> {
  const labels = await page.getByRole("combobox", { name: "Backend" }).getByRole("option").allTextContents();
  return labels.find((label) => pattern.test(label)) ?? "missing";
}

/** One folder per class, and one file that only says it is a photo. */
async function makeFolders(): Promise<string> {
  const root = join(await mkdtemp(join(tmpdir(), "headstart-photos-")), "photos");
  await writeStripedFolders(root, PHOTOS_A_CLASS, 160, 120);
  await writeFile(join(root, KINDS[0], "broken.png"), "this is no photo");
  return root;
}
