/** Data sets in the files that their authors publish, written by Python: from the download to a classifier that was tested. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadZip } from "client-zip";
import type { Page } from "playwright";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { testAccuracy, train } from "./places.ts";
import { hasShared, sharedData } from "./shared.ts";

const CIFAR_10 = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
/** Of each class, as `make_learnable_sets.py` writes them. */
const TRAIN = 7;
const TEST = 3;

let app: App;
let page: Page;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-packed-"));
});

afterEach(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(url: string): Promise<void> {
  app = await openApp({ url });
  page = app.page;
  await page.getByRole("button", { name: "Use sample photos" }).waitFor();
}

const learnable = (name: string) => fileURLToPath(new URL(`../fixtures/learnable/${name}`, import.meta.url));
const counted = (className: string, photos: number) =>
  page.getByRole("region", { name: className, exact: true }).getByText(`${photos} photos`, { exact: true }).waitFor();

/** What the page says that it understood. */
const understood = (sentence: string) => page.getByRole("status").filter({ hasText: sentence }).first().waitFor();

interface Published {
  readonly set: string;
  readonly files: readonly string[];
  readonly sentence: string;
  readonly classes: readonly string[];
}

test.each<Published>([
  ...["binary", "Python", "MATLAB"].map((version) => ({
    set: `CIFAR-10, ${version} version`,
    files: [`cifar-10-${version.toLowerCase()}.tar.gz`],
    sentence: "CIFAR-10: 10 classes.",
    classes: CIFAR_10,
  })),
  {
    set: "CIFAR-100",
    files: ["cifar-100-python.tar.gz"],
    sentence: "CIFAR-100: 4 classes.",
    classes: ["apple", "bicycle", "sea", "train"],
  },
  {
    set: "MNIST",
    files: ["train", "t10k"].flatMap((part) => [`${part}-images-idx3-ubyte.gz`, `${part}-labels-idx1-ubyte.gz`]),
    sentence: "IDX files, as used by MNIST: 4 classes.",
    classes: ["0", "1", "2", "3"],
  },
  {
    set: "Hugging Face’s Parquet",
    files: ["train-00000-of-00001.parquet", "test-00000-of-00001.parquet"],
    sentence: "Parquet: 3 classes.",
    classes: ["red fox", "grey wolf", "snow/ice"],
  },
])("$set becomes a classifier of its classes, tested on its own test photos", async ({ files, sentence, classes }) => {
  // Its photos have 28 and 32 pixels to a side.
  await open(inject("tinyUrl"));
  await page.getByLabel("Add zip").setInputFiles(files.map(learnable));
  await understood(sentence);
  for (const name of classes) await counted(name, TRAIN + TEST);
  await train(page);
  // Four of each ten would be right of four classes by chance.
  expect(await testAccuracy(page)).toBeGreaterThanOrEqual(70);
  await page.getByText(new RegExp(`of ${TEST * classes.length} test photos right\\.`)).waitFor();
});

test.skipIf(!hasShared)("Kaggle’s Dogs vs. Cats, a zip of zips, becomes a classifier of cats and dogs", async () => {
  const PHOTOS = 40;
  const photosOf = async (animal: string) => {
    const names = (await readdir(sharedData("cats-dogs", "train", animal))).slice(0, PHOTOS);
    return Promise.all(
      names.map(async (_, at) => ({
        name: `train/${animal}.${at}.jpg`,
        input: await readFile(sharedData("cats-dogs", "train", animal, names[at] ?? "")),
      })),
    );
  };
  const [cats, dogs] = [await photosOf("cat"), await photosOf("dog")];
  const unlabelled = {
    name: "test1/1.jpg",
    input: await readFile(sharedData("cats-dogs", "test", "cat", "cat.100.jpg")),
  };
  const zip = downloadZip([
    { name: "test1.zip", input: downloadZip([unlabelled]) },
    { name: "train.zip", input: downloadZip([...cats, ...dogs]) },
    { name: "sampleSubmission.csv", input: "id,label\n1,0.5\n" },
  ]);
  await open(inject("appUrl"));
  const path = join(folder, "dogs-vs-cats.zip");
  await writeFile(path, new Uint8Array(await zip.arrayBuffer()));
  await page.getByLabel("Add zip").setInputFiles(path);
  await understood("Kaggle-style names: 2 classes from file names.");
  await counted("cat", PHOTOS);
  await counted("dog", PHOTOS);
  await page.getByRole("region", { name: "Unsorted" }).getByText("1 photo", { exact: true }).waitFor();
  await train(page);
  expect(await testAccuracy(page)).toBeGreaterThanOrEqual(60);
});
