/** A project as one file: away, changed on the way, and back in a browser that has never seen it. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sample, UNTOUCHED } from "../../src/dataset/dataset.ts";
import { readZip, writeZip } from "../../src/formats/archives/zip.ts";
import { streamZip } from "../../src/formats/archives/zip-stream.ts";
import { projectFiles } from "../../src/formats/project/file.ts";
import { DEFAULT_SETTINGS } from "../../src/training/settings.ts";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { download, go, train } from "./places.ts";

const probe = {
  name: "probe.png",
  mimeType: "image/png",
  buffer: png(120, 90, (x, y) => (x > 40 && x < 90 && y > 20 ? [200, 60, 60] : [230, 220, 200])),
};
let folder: string;
let zip: string;
/** Of the original: what must be the same elsewhere. */
let original: Facts;

interface Facts {
  readonly name: string;
  readonly photos: readonly string[];
  readonly epochs: string;
  readonly accuracy: string;
  /** Of one photo: classes with percentages, best first. */
  readonly predictions: string;
}

async function factsOf(page: Page): Promise<Facts> {
  await go(page, "Data");
  const name = await page.getByRole("textbox", { name: "Project name" }).inputValue();
  const photos = await page
    .getByRole("main")
    .getByRole("region")
    .getByText(/^\d+ photos$/)
    .allTextContents();
  await go(page, "Train");
  const epochs = await page.getByRole("spinbutton", { name: "Epochs", exact: true }).inputValue();
  await go(page, "Evaluate");
  const accuracy =
    (await page
      .locator("dt")
      .filter({ hasText: /^Test accuracy$/ })
      .locator("..")
      .textContent()) ?? "";
  await go(page, "Use");
  await page.getByLabel("Classify photos").setInputFiles(probe);
  const item = page.getByRole("list", { name: "Predictions" }).getByRole("listitem").filter({ hasText: "%" });
  const predictions = (await item.first().textContent()) ?? "";
  return { name, photos, epochs, accuracy, predictions };
}

const openFile = async (page: Page, path: string) => {
  await go(page, "Export");
  await page.getByLabel("Open file").setInputFiles(path);
};

/** The zip's bytes with one of them, in the middle of an entry, changed. */
async function damaged(pattern: RegExp): Promise<{ bytes: Buffer; path: string }> {
  const bytes = await readFile(zip);
  const entry = (await readZip(new Blob([bytes]), "p.zip")).find(({ path }) => pattern.test(path));
  if (!entry) throw new Error(`no ${pattern}`);
  const at = bytes.indexOf(Buffer.from(await (await entry.blob()).arrayBuffer()));
  const middle = at + Math.floor(entry.size / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return { bytes, path: entry.path };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-project-"));
  zip = join(folder, "shapes.zip");
  const app = await openApp();
  const { page } = app;
  await page.getByRole("button", { name: "Use sample photos" }).click();
  await page.getByText("Added 90 photos.").waitFor();
  const name = page.getByRole("textbox", { name: "Project name" });
  await name.fill("Shapes");
  await name.press("Enter");
  await go(page, "Train");
  await page.getByRole("spinbutton", { name: "Epochs", exact: true }).fill("40");
  await train(page);
  original = await factsOf(page);
  await download(page, "Headstart project", zip);
  expect(app.complaints).toEqual([]);
  await app.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("in a browser that has never seen it", () => {
  let app: App;
  let page: Page;
  beforeEach(async () => {
    app = await openApp();
    page = app.page;
    await page.getByRole("button", { name: "Use sample photos" }).waitFor();
  });
  afterEach(async () => {
    expect(app.complaints).toEqual([]);
    await app.close();
  });

  test("a project has the same photos, labels, settings, last run and predictions, also after a reload", async () => {
    await openFile(page, zip);
    await page.getByText("Opened “Shapes”.").waitFor();
    expect(await factsOf(page)).toEqual(original);
    await page.reload();
    expect(await factsOf(page)).toEqual(original);
  });

  test("a project and its copy from the file have the same labels and splits, photo by photo", async () => {
    const labels = async (from: Page) => {
      await go(from, "Export");
      const saving = from.waitForEvent("download");
      await from.getByRole("button", { name: "Download photos" }).click();
      const path = join(folder, "photos.zip");
      await (await saving).saveAs(path);
      return { path, table: await entryText(path, "labels.csv") };
    };
    await openFile(page, zip);
    await page.getByText("Opened “Shapes”.").waitFor();
    const { path, table } = await labels(page);
    expect(table.split("\r\n")).toHaveLength(92);
    // The photo set's own way back: by the folder rule.
    await page.getByRole("button", { name: "New project" }).click();
    await go(page, "Data");
    await page.getByLabel("Add zip").setInputFiles(path);
    await page.getByText(/^Added 90 photos\./).waitFor();
    const sorted = (text: string) => text.split("\r\n").sort();
    expect(sorted((await labels(page)).table)).toEqual(sorted(table));
  });

  test("a project is told from a folder of photos when it is dropped, on any place", async () => {
    await go(page, "Use");
    const base64 = (await readFile(zip)).toString("base64");
    await page.evaluate((encoded) => {
      const transfer = new DataTransfer();
      transfer.items.add(
        new File([Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))], "x.bin", { type: "" }),
      );
      document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }, base64);
    await page.getByText("Opened “Shapes”.").waitFor();
    await go(page, "Data");
    await expect.poll(() => page.getByRole("textbox", { name: "Project name" }).inputValue()).toBe("Shapes");
  });

  test("a project saved while the box of the epochs is empty opens again, with the epochs that it had", async () => {
    await page.getByRole("button", { name: "Use sample photos" }).click();
    await page.getByText("Added 90 photos.").waitFor();
    await go(page, "Train");
    const epochs = page.getByRole("spinbutton", { name: "Epochs", exact: true });
    await epochs.fill("30");
    await epochs.fill("");
    await epochs.blur();
    await page.getByText("Epochs must be a whole number from 1 to 1000.").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Train", exact: true }).isDisabled()).toBe(true);
    const path = join(folder, "emptied.zip");
    await download(page, "Headstart project", path);
    await openFile(page, path);
    await page.getByText("Opened “My classifier”.").waitFor();
    await go(page, "Train");
    await expect.poll(() => epochs.inputValue()).toBe("30");
    await expect.poll(() => page.getByRole("button", { name: "Train", exact: true }).isDisabled()).toBe(false);
  });

  test("a photo whose bytes have changed is named and left out, and everything else is there", async () => {
    const { bytes, path } = await damaged(/^photos\//);
    const changed = join(folder, "changed.zip");
    await writeFile(changed, bytes);
    await openFile(page, changed);
    const alert = page.getByRole("alert").filter({ hasText: "Opened “Shapes”, without 1 file" });
    await alert.waitFor();
    await expect.poll(() => alert.textContent()).toContain(path);
    await expect.poll(() => alert.textContent()).toContain("bytes have changed");
    const facts = await factsOf(page);
    expect(facts.photos.map((text) => Number.parseInt(text, 10)).reduce((sum, count) => sum + count)).toBe(89);
    expect(facts.predictions).toEqual(original.predictions);
  });

  test("a classifier whose weights have changed is named and left out", async () => {
    const { bytes } = await damaged(/^classifier\/weights\.bin$/);
    const changed = join(folder, "weights.zip");
    await writeFile(changed, bytes);
    await openFile(page, changed);
    await page
      .getByRole("alert")
      .getByText(/without 1 file that could not be read: classifier/)
      .waitFor();
    await go(page, "Data");
    expect(
      await page
        .getByRole("main")
        .getByRole("region")
        .getByText(/^30 photos$/)
        .count(),
    ).toBe(3);
  });

  test("a file that is cut short is refused, and nothing of it is left", async () => {
    const short = join(folder, "short.zip");
    const bytes = await readFile(zip);
    await writeFile(short, bytes.subarray(0, bytes.length - 4000));
    await openFile(page, short);
    await page
      .getByRole("alert")
      .getByText(/short\.zip is not a zip file, or its end is missing/)
      .waitFor();
    await page.getByRole("button", { name: "Projects" }).click();
    await page.getByRole("dialog", { name: "Projects" }).getByRole("listitem").first().waitFor();
    await expect.poll(() => page.getByRole("list", { name: "Projects" }).getByText("Shapes").count()).toBe(0);
  });

  test("a file of a newer Headstart is refused with what to do", async () => {
    const newer = join(folder, "newer.zip");
    const manifest = JSON.parse(await entryText(zip, "manifest.json")) as object;
    const text = new TextEncoder().encode(JSON.stringify({ ...manifest, version: 9 }));
    const changed = await writeZip([{ path: "manifest.json", bytes: text }]);
    await writeFile(newer, new Uint8Array(await changed.arrayBuffer()));
    await openFile(page, newer);
    await page
      .getByRole("alert")
      .getByText(/newer\.zip was saved by a newer Headstart.*Open it with the newest Headstart/)
      .waitFor();
  });

  test("a project file that version 2 wrote opens with photos, settings, classifier and the last run", async () => {
    await openFile(page, fileURLToPath(new URL("../fixtures/version-2/project.zip", import.meta.url)));
    await page.getByText("Opened “Stripes”.").waitFor();
    const facts = await factsOf(page);
    expect(facts).toMatchObject({ name: "Stripes", photos: ["12 photos", "12 photos"] });
    // Its box of the epochs was empty when it was saved.
    expect(facts.epochs).toBe(`${DEFAULT_SETTINGS.epochs}`);
    expect(facts.accuracy).toContain("50");
    expect(facts.predictions).toMatch(/(Red|Blue).*%/);
    await page.reload();
    expect(await factsOf(page)).toEqual(facts);
  });

  test("opening is cancelled, and nothing of it is left", async () => {
    const long = join(folder, "long.zip");
    await writeFile(long, await longProject(800));
    await openFile(page, long);
    await page.getByRole("progressbar", { name: "Opening a project" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("progressbar", { name: "Opening a project" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Projects" }).click();
    const list = page.getByRole("list", { name: "Projects" });
    await list.getByText("My classifier").waitFor();
    await expect.poll(() => list.getByRole("listitem").count()).toBe(1);
  });

  test("a base model that this browser lacks comes along, once, and photos need no classifier", async () => {
    const model = gunzipSync(await readFile(new URL("../fixtures/mobilenet-v1.weights.h5.gz", import.meta.url)));
    await page.getByLabel("Add photos").setInputFiles(probe);
    await page.getByText(/^Added 1 photo\./).waitFor();
    await go(page, "Train");
    await page.getByText("Use another model").click();
    const file = { name: "mobilenet.weights.h5", mimeType: "application/octet-stream", buffer: model };
    await page.getByLabel("Add base model").setInputFiles(file);
    await page.getByText("MobileNetV1 0.25 is ready and kept for offline use.").waitFor();
    const path = join(folder, "with-base.zip");
    await download(page, "Headstart project", path);

    const other = await openApp();
    // Twice: a base model that is here already is not kept again.
    for (const name of ["“My classifier”.", "“My classifier”."]) {
      await openFile(other.page, path);
      await other.page.getByText(`Opened ${name}`).waitFor();
      await other.page.getByRole("button", { name: "Dismiss" }).first().click();
    }
    await go(other.page, "Train");
    const options = other.page.getByRole("combobox", { name: "Base model" }).locator("option");
    await expect.poll(() => options.filter({ hasText: /^MobileNetV1 0\.25$/ }).count()).toBe(1);
    await other.page.getByText("a project file", { exact: true }).waitFor({ state: "attached" });
    expect(await other.page.getByRole("combobox", { name: "Base model" }).locator("option:checked").textContent()).toBe(
      "MobileNetV1 0.25",
    );
    expect(other.complaints).toEqual([]);
    await other.close();
  });
});

/** A project file of many photos, made without the app. */
async function longProject(photos: number): Promise<Buffer> {
  const bytes = Array.from({ length: photos }, (_, at) => png(60, 60, stripes("blue-level", at)));
  const hash = async (all: Uint8Array) => createHash("sha256").update(all).digest("hex");
  const samples = await Promise.all(
    bytes.map(async (each, at): Promise<Sample> => {
      const look = { width: 60, height: 60, fixedSplit: null, looks: null };
      return { ...UNTOUCHED, ...look, photo: await hash(each), classId: "a", fileName: `${at}.png` };
    }),
  );
  const dataset = { classes: [{ id: "a", name: "level" }], samples };
  const settings = { ...DEFAULT_SETTINGS };
  const project = { name: "Long", dataset, groups: [], settings, baseModelId: null };
  const contents = { project, runs: [], classifier: null, baseModel: null, savedAt: new Date().toISOString() };
  const files = projectFiles(contents, async ({ fileName }) => bytes[Number.parseInt(fileName, 10)] ?? null, hash);
  return Buffer.from(await new Response(streamZip(files) as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

async function entryText(path: string, name: string): Promise<string> {
  const entries = await readZip(new Blob([await readFile(path)]), path);
  return (await (await entries.find((entry) => entry.path === name)?.blob())?.text()) ?? "";
}
