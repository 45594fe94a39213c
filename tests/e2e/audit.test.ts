/** What a look through real photos finds: labels that were changed, and copies of photos. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { createRandom, shuffled } from "../../src/dataset/random.ts";
import { type App, openApp } from "./browser.ts";
import { readKept } from "./kept.ts";
import { addFolder, go, testAccuracy, train } from "./places.ts";
import { hasShared, sharedData, sharedModel } from "./shared.ts";

const CLASSES = ["cat", "dog"] as const;
/** Which labels are changed, once for each seed, and how many photos of each class get copies. `npm run test:thorough` takes more. */
const { seeds: SEEDS, copied: COPIED } =
  process.env.VITE_THOROUGH === "1" ? { seeds: [1, 2, 3], copied: 50 } : { seeds: [1], copied: 25 };

describe.skipIf(!hasShared)("on real photos", () => {
  let app: App;
  let page: Page;
  let folder: string;
  beforeEach(async () => {
    app = await openApp({ url: inject("shippedUrl") });
    page = app.page;
    folder = await mkdtemp(join(tmpdir(), "headstart-audit-"));
    await page.getByRole("button", { name: "Use sample photos" }).waitFor();
  });
  afterEach(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("of changed labels at least 85 % come first, and with them corrected the classifier is as good as before", async () => {
    await addBaseModel("mobilenet_v2_1.0_224_no_top");
    const precisions: number[] = [];
    for (const seed of SEEDS) {
      if (seed > 1) await page.getByRole("button", { name: "New project" }).click();
      await go(page, "Data");
      const { root, changed } = await changeLabels(join(folder, `${seed}`), seed);
      await addFolder(page, root);
      await look();
      const first = await firstSuspicions(changed.size);
      precisions.push(first.filter((name) => changed.has(name)).length / changed.size);
    }
    console.info(
      `changed labels among as many first suspicions: ${precisions.map((value) => value.toFixed(3)).join(", ")}`,
    );
    expect(mean(precisions)).toBeGreaterThanOrEqual(0.85);

    await page.getByRole("button", { name: /^Accept all sure suggestions/ }).click();
    await train(page);
    // 98 % with the labels as they were.
    expect(await testAccuracy(page)).toBeGreaterThanOrEqual(97);
  });

  test("copies that were saved again, shrunk or cropped are found, and other photos are not taken for copies", async () => {
    const names = await writeCopies(join(folder, "set"));
    await addFolder(page, join(folder, "set"));
    await look();
    const { groups } = await readKept(page);
    const originalOf = (name: string) => name.replace(/^[a-z]+-/, "");
    let [right, wrong] = [0, 0];
    for (const group of groups) {
      for (const [at, one] of group.entries()) {
        for (const other of group.slice(at + 1)) {
          if (originalOf(one) === originalOf(other)) right += 1;
          else wrong += 1;
        }
      }
    }
    // Each photo and its three copies make six pairs.
    const [recall, precision] = [right / (6 * names.length), right / (right + wrong)];
    console.info(`pairs of copies: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });

  /** Cats and dogs with a tenth of the labels to learn from changed. */
  async function changeLabels(root: string, seed: number): Promise<{ root: string; changed: ReadonlySet<string> }> {
    const files = await Promise.all(
      CLASSES.map(async (name) =>
        (await readdir(sharedData("cats-dogs", "train", name))).map((file) => ({ name, file })),
      ),
    ).then((nested) => nested.flat());
    const changed = new Set(
      shuffled(files, createRandom(seed))
        .slice(0, files.length / 10)
        .map(({ file }) => file),
    );
    for (const part of ["train", "test"]) {
      for (const name of CLASSES) {
        for (const file of await readdir(sharedData("cats-dogs", part, name))) {
          const label = part === "train" && changed.has(file) ? CLASSES[1 - CLASSES.indexOf(name)] : name;
          await mkdir(join(root, part, label ?? ""), { recursive: true });
          await copyFile(sharedData("cats-dogs", part, name, file), join(root, part, label ?? "", file));
        }
      }
    }
    return { root, changed };
  }

  /** Photos of four classes, each saved again, at half its size and with a tenth cut off; gives the photos' names. */
  async function writeCopies(root: string): Promise<readonly string[]> {
    const names: string[] = [];
    for (const [set, className] of [
      ["cats-dogs", "cat"],
      ["cats-dogs", "dog"],
      ["flowers", "daisy"],
      ["flowers", "roses"],
    ] as const) {
      await mkdir(join(root, className), { recursive: true });
      for (const name of (await readdir(sharedData(set, "train", className))).slice(0, COPIED)) {
        const photo = await readFile(sharedData(set, "train", className, name));
        const copies = await page.evaluate(copiesOf, photo.toString("base64"));
        await writeFile(join(root, className, `original-${name}`), photo);
        for (const [kind, base64] of Object.entries(copies)) {
          await writeFile(join(root, className, `${kind}-${name}`), Buffer.from(base64, "base64"));
        }
        names.push(name);
      }
    }
    return names;
  }

  async function look(): Promise<void> {
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Worth a look" }).click();
    await page.getByRole("button", { name: "Look through my photos" }).click();
    await page.getByText(/photos looked at/).waitFor({ timeout: 200_000 });
  }

  async function firstSuspicions(count: number): Promise<string[]> {
    const items = page.getByRole("list", { name: "Worth a look" }).getByRole("listitem");
    const more = page.getByRole("button", { name: /^Show more/ });
    while ((await items.count()) < count && (await more.count())) await more.click();
    const names = await items
      .locator("figure:first-child")
      .getByRole("button")
      .evaluateAll((buttons) =>
        buttons.map((button) => button.getAttribute("aria-label")?.replace("Enlarge ", "") ?? ""),
      );
    return names.slice(0, count);
  }

  async function addBaseModel(name: string): Promise<void> {
    await go(page, "Train");
    await page.getByText("Use another model").click();
    await page.getByLabel("Add base model").setInputFiles(sharedModel(name));
    await page.getByText(/is ready and kept for offline use/).waitFor();
  }
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Runs in the page: JPEGs of a photo saved again, at half its size and with a tenth cut off, in base64. */
async function copiesOf(base64: string): Promise<Record<string, string>> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const photo = await createImageBitmap(new Blob([bytes]));
  const { width, height } = photo;
  const draw = async (size: number, cut: number, quality: number) => {
    const canvas = new OffscreenCanvas(Math.round(width * size), Math.round(height * size));
    const [w, h] = [width * (1 - cut), height * (1 - cut)];
    canvas
      .getContext("2d")
      ?.drawImage(photo, cut * width * 0.3, cut * height * 0.7, w, h, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
  };
  return { saved: await draw(1, 0, 0.6), shrunk: await draw(0.5, 0, 0.9), cropped: await draw(1, 0.1, 0.9) };
}
