/** Training that loses its worker or its GPU goes on by itself, and ends as if nothing had happened. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createRandom } from "../../src/dataset/random.ts";
import { writeTfjsClassifier } from "../../src/formats/models/tfjs-classifier.ts";
import { attachHead } from "../../src/network/attach.ts";
import { buildHead } from "../../src/network/head.ts";
import type { Run } from "../../src/project/run.ts";
import { PREPROCESSING, smallBase } from "../fixtures/small-base.ts";
import { type App, openApp } from "./browser.ts";
import { dieAt, type Loss, type Moment } from "./dying.ts";
import { readKeptEmbeddings, readKeptRuns } from "./kept.ts";
import { go, setUpLongTraining, toldOfPreparing, train, trainByGradient } from "./places.ts";
import { writeStripedFolders } from "./striped-folders.ts";

/** Of the head and of fine-tuning. */
const EPOCHS = { head: 6, tuning: 4 };
/** A GPU imitated in software takes a second for some: `npm run test:thorough` has as many there. */
const EPOCHS_ON_GPU = process.env.VITE_THOROUGH === "1" ? EPOCHS : { head: 4, tuning: 3 };
const random = createRandom(9);

let folder: string;
let app: App;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-recovery-"));
  await writeStripedFolders(join(folder, "photos"), 12, 40, 40);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  app = await openApp();
  await app.page.getByLabel("Add folders").setInputFiles(join(folder, "photos"));
  await app.page.getByText("Added 24 photos.").waitFor();
  await go(app.page, "Train");
});
afterEach(() => app.close());

describe.each<{ loss: Loss; backend: string; epochs: typeof EPOCHS; moments: () => Moment[] }>([
  {
    loss: "worker",
    backend: "WebAssembly",
    epochs: EPOCHS,
    moments: () => [
      { after: between(1, 3) },
      { after: between(4, EPOCHS.head) },
      // In the midst of the next epoch.
      { after: EPOCHS.head + between(1, 2), turns: 3 },
      { after: EPOCHS.head + 3 },
    ],
  },
  { loss: "webgl", backend: "WebGL", epochs: EPOCHS_ON_GPU, moments: gpuMoments },
  { loss: "webgpu", backend: "WebGPU", epochs: EPOCHS_ON_GPU, moments: gpuMoments },
])("on $backend", ({ loss, backend, epochs: { head, tuning }, moments }) => {
  test("goes on from the last epoch to the same end, and embeds nothing again", async () => {
    const { page } = app;
    await addSmallBase(page);
    if (loss !== "worker") await choose(page, backend);
    await openSettings(page);
    await fill(page, { Epochs: head, "Batch size": 4, "Hidden layers": "6", Dropout: 0.2 });
    await page.getByRole("checkbox", { name: "Fine-tune base layers" }).check();
    await fill(page, { "Fine-tuning epochs": tuning, "Blocks to fine-tune": 1 });
    await train(page);
    const undisturbed = await lastRun(page);
    expect(undisturbed.outcome).toMatchObject({ epochs: head + tuning, headEpochs: head });
    const embeddings = await readKeptEmbeddings(page);

    const dies = moments();
    const workers = await dieAt(page, loss, dies);
    const told = await toldOfPreparing(page);
    await train(page);
    expect(workers.count()).toBe(1 + dies.length);
    const from = dies.map(({ after }) => Number(after));
    const said = await lastContinued(page);
    expect(said.length).toBeGreaterThanOrEqual(Math.min(3, from.length));
    expect(said).toEqual(from.slice(-said.length));
    const disturbed = await lastRun(page);
    expect(disturbed.id).not.toBe(undisturbed.id);
    expect(disturbed.backend).toBe(undisturbed.backend);
    expect(disturbed.outcome).toEqual(undisturbed.outcome);
    expect(disturbed.metrics).toEqual(undisturbed.metrics);
    await expectChart(page, head + tuning);
    expect((await told()).filter(({ done, total }) => done < total)).toEqual([]);
    expect(await readKeptEmbeddings(page)).toEqual(embeddings);
    expect((await readKeptRuns(page)).halves).toEqual([]);
  });
});

test("goes on by itself while photos are prepared, and prepares none twice", async () => {
  const { page } = app;
  await page.getByRole("combobox", { name: "Augmentation" }).selectOption({ index: 2 });
  await trainByGradient(page);
  await fill(page, { Epochs: 3 });
  const workers = await dieAt(page, "worker", [{ after: "some-photos" }]);
  await train(page);
  expect(workers.count()).toBe(2);
  await page.getByRole("alert").getByText("Training continues by itself.").waitFor();
  const embeddings = await readKeptEmbeddings(page);
  expect(embeddings.length).toBeGreaterThan(24);
  expect(new Set(embeddings).size).toBe(embeddings.length);
});

test("Stop works after a recovery", async () => {
  const { page } = app;
  await setUpLongTraining(page);
  await dieAt(page, "worker", [{ after: 4 }]);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/Training continues from epoch 4\./)
    .waitFor();
  const status = page.getByRole("status", { name: "Training status" });
  await status.filter({ hasText: /^Epoch ([5-9]|\d\d+) of 1000/ }).waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await status.filter({ hasText: /^Stopped by you; kept epoch \d+$/ }).waitFor();
  const { outcome } = await lastRun(page);
  expect(outcome.history.map(({ epoch }) => epoch)).toEqual(outcome.history.map((_, at) => at + 1));
});

test("what cross-validation found is found once", async () => {
  const { page } = app;
  await openSettings(page);
  await trainByGradient(page);
  await fill(page, { Epochs: 5, "Cross-validation folds": 3 });
  await train(page);
  const undisturbed = await lastRun(page);
  const workers = await dieAt(page, "worker", [{ after: "the-second-fold-began" }, { after: 2 }]);
  const folds = await toldOfFolds(page);
  await train(page);
  await page
    .getByRole("alert")
    .getByText(/Training continues from epoch 2\./)
    .waitFor();
  expect(workers.count()).toBe(3);
  // The fold that was under way is fitted again, the first is not; the page may not have shown it at all.
  expect((await folds()).filter((text) => /\b1 of 3/.test(text)).length).toBeLessThanOrEqual(1);
  const disturbed = await lastRun(page);
  expect(disturbed.outcome).toEqual(undisturbed.outcome);
  expect(disturbed.metrics).toEqual(undisturbed.metrics);
  expect(disturbed.counts).toEqual(undisturbed.counts);
  expect(disturbed.counts.test).toBe(24);
});

test("gives up when worker after worker dies at the same place, and can be tried again", async () => {
  const { page } = app;
  await trainByGradient(page);
  await fill(page, { Epochs: 3 });
  const four = Array.from({ length: 4 }, (): Moment => ({ after: "the-first-word" }));
  const workers = await dieAt(page, "worker", four);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/Training was given up: the engine stopped 4 times/)
    .waitFor();
  expect(workers.count()).toBe(4);
  expect((await readKeptRuns(page)).runs).toEqual([]);
  expect(await train(page)).toMatch(/Finished 3 epochs/);
});

function gpuMoments(): Moment[] {
  const { head, tuning } = EPOCHS_ON_GPU;
  return [{ after: between(1, head - 1) }, { after: head + between(1, tuning - 1) }];
}

/** A seeded whole number, both ends included. */
function between(least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

async function lastRun(page: Page): Promise<Run> {
  const [run] = (await readKeptRuns(page)).runs;
  if (!run) throw new Error("No run is kept");
  return run;
}

/** The epochs that training is said to have continued from; the page keeps its last four messages, of any kind. */
async function lastContinued(page: Page): Promise<number[]> {
  const said = await page.getByRole("alert").allTextContents();
  return said
    .flatMap((text) => [...text.matchAll(/Training continues from epoch (\d+)\./g)])
    .map(([, epoch]) => Number(epoch));
}

async function openSettings(page: Page): Promise<void> {
  await page.getByText("More settings").click();
}

async function fill(page: Page, values: Readonly<Record<string, number | string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const role = typeof value === "string" ? "textbox" : "spinbutton";
    await page.getByRole(role, { name, exact: true }).fill(String(value));
  }
}

async function choose(page: Page, backend: string): Promise<void> {
  const engine = page.getByRole("status", { name: "Engine" });
  await expect.poll(() => engine.textContent(), { timeout: 30_000 }).toContain("WebAssembly");
  const backends = page.getByRole("combobox", { name: "Backend" });
  const labels = await backends.getByRole("option").allTextContents();
  await backends.selectOption({ label: labels.find((label) => label.startsWith(backend)) ?? "missing" });
  await expect.poll(() => engine.textContent(), { timeout: 60_000 }).toContain(backend);
}

/** Adds the small base model of the tests, that imitated GPUs are quick with, and chooses it. */
async function addSmallBase(page: Page): Promise<void> {
  const head = buildHead({ features: 8, hiddenLayers: [], dropout: 0, classes: 2, random: createRandom(1) });
  const files = writeTfjsClassifier({
    name: "small",
    classNames: ["a", "b"],
    preprocessing: PREPROCESSING,
    network: attachHead(smallBase(), head, "small"),
  });
  await page.getByText("Use another model").click();
  await page.getByLabel("Add base model").setInputFiles(
    files.slice(0, 2).map(({ path, bytes }) => ({
      name: path,
      mimeType: "application/octet-stream",
      buffer: Buffer.from(bytes),
    })),
  );
  await page.getByText("small is ready and kept for offline use.").waitFor();
}

/** The chart's table has each epoch once. */
async function expectChart(page: Page, epochs: number): Promise<void> {
  await page.getByText("The numbers").click();
  const rows = page.getByRole("table").getByRole("row");
  await rows.first().waitFor();
  const firsts = await rows.evaluateAll((all) => all.slice(1).map((row) => row.firstElementChild?.textContent ?? ""));
  expect(firsts.map((text) => Number(/\d+/.exec(text)?.[0]))).toEqual(
    Array.from({ length: epochs }, (_, at) => at + 1),
  );
}

/** The folds that the training status tells, from now on. */
async function toldOfFolds(page: Page) {
  const told = await page.getByRole("status", { name: "Training status" }).evaluateHandle((status) => {
    const texts: string[] = [];
    const observer = new MutationObserver(() => texts.push(status.textContent ?? ""));
    observer.observe(status, { subtree: true, childList: true, characterData: true });
    return texts;
  });
  return async () => (await told.jsonValue()).filter((text) => text.startsWith("Cross-validation"));
}
