/** Every training leaves a run, which can be looked at, taken into use, pinned, and deleted. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { addFolder, classify, downloadAndOpen, go, train } from "./places.ts";

let app: App;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = await makePhotos();
  app = await openApp();
  page = app.page;
  await addFolder(page, folder);
  for (const epochs of ["1", "20"]) {
    await go(page, "Train");
    await page.getByRole("spinbutton", { name: "Epochs" }).fill(epochs);
    await train(page);
    // The status says it of the next one only once this one is no longer shown.
    await go(page, "Data");
  }
}, 240_000);

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** Twelve photos of each class to learn from; four to test, and three in “blue” that are red. */
async function makePhotos(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "headstart-runs-"));
  const kinds = { red: "red-upright", blue: "blue-level" } as const;
  for (const [name, kind] of Object.entries(kinds)) {
    for (const [split, count] of [
      ["train", 12],
      ["val", 4],
      ["test", 4],
    ] as const) {
      await mkdir(join(root, split, name), { recursive: true });
      for (let at = 0; at < count; at++) {
        const photo = png(90 + at, 80 + split.length, stripes(kind, at));
        await writeFile(join(root, split, name, `${name}-${split}-${at}.png`), photo);
      }
    }
  }
  for (let at = 0; at < 3; at++) {
    await writeFile(join(root, "test/blue", `wrong-${at}.png`), png(110 + at, 100, stripes("red-upright", at)));
  }
  return root;
}

const table = () => page.getByRole("table", { name: "Earlier runs" });
/** The row of the training with so many epochs. */
const row = (epochs: number): Locator =>
  table()
    .getByRole("row")
    .filter({ hasText: `Epochs ${epochs}` });
const press = async (epochs: number, action: string) => {
  await go(page, "Evaluate");
  await row(epochs)
    .getByRole("button", { name: `${action}: run of` })
    .click();
};
const isPressed = (epochs: number, action: string) =>
  row(epochs)
    .getByRole("button", { name: `${action}: run of` })
    .getAttribute("aria-pressed");
const probe = { name: "probe.png", mimeType: "image/png", buffer: png(120, 120, stripes("blue-level", 4)) };

async function classifyProbe() {
  await go(page, "Use");
  return classify(page, probe);
}

test("two trainings with different settings are two runs, the latest first and in use", async () => {
  await go(page, "Evaluate");
  const rows = table().getByRole("row");
  expect(await rows.count()).toBe(3);
  expect(await rows.nth(1).textContent()).toContain("Epochs 20");
  expect(await rows.nth(2).textContent()).toContain("Epochs 1");
  expect([await isPressed(20, "Use"), await isPressed(1, "Use")]).toEqual(["true", "false"]);
  await expectFit(page);
});

test("an earlier run shows its own report, and says that it is not in use", async () => {
  await press(1, "Show");
  await page.getByText("This is an earlier run.").waitFor();
  await page.getByText(/\d+ of 11 test photos right/).waitFor();
  expect([await isPressed(20, "Show"), await isPressed(1, "Show")]).toEqual(["false", "true"]);
  expect(await isPressed(20, "Use")).toBe("true");
  await expectFit(page);
  await press(20, "Show");
  await page.getByText("8 of 11 test photos right").waitFor();
  expect(await page.getByText("This is an earlier run.").count()).toBe(0);
});

test("an earlier run's classifier is used, exported, and still in use after a reload", async () => {
  const latest = await classifyProbe();
  await press(1, "Use");
  await page.getByText(/^The classifier of the run of .* is in use\.$/).waitFor();
  expect([await isPressed(20, "Use"), await isPressed(1, "Use")]).toEqual(["false", "true"]);
  const earlier = await classifyProbe();
  expect(earlier).not.toEqual(latest);

  await page.reload();
  expect(await classifyProbe()).toEqual(earlier);
  await go(page, "Evaluate");
  expect(await isPressed(1, "Use")).toBe("true");

  await downloadAndOpen(page, "TensorFlow.js");
  expect(await classifyProbe()).toEqual(earlier);
  // What was opened is a file's; the runs stay.
  await go(page, "Evaluate");
  expect([await isPressed(20, "Use"), await isPressed(1, "Use")]).toEqual(["false", "false"]);
  await press(20, "Use");
  expect(await classifyProbe()).toEqual(latest);
});

test("a run can be pinned, also after a reload", async () => {
  await press(1, "Pin");
  await expect.poll(() => isPressed(1, "Pin")).toBe("true");
  await page.reload();
  await expect.poll(() => isPressed(1, "Pin")).toBe("true");
  await press(1, "Pin");
  await expect.poll(() => isPressed(1, "Pin")).toBe("false");
});

test("a run can be deleted and brought back; the one in use cannot be deleted", async () => {
  await press(1, "Delete");
  await page.getByText("Deleted the run.").waitFor();
  // One run is nothing to compare.
  expect(await table().count()).toBe(0);
  await page.getByRole("button", { name: "Undo delete" }).click();
  await row(1).waitFor();
  expect(await row(20).getByRole("button", { name: "Delete: run of" }).isDisabled()).toBe(true);
  await press(1, "Show");
  await page.getByText(/\d+ of 11 test photos right/).waitFor();
});

describe("a class that has changed since", () => {
  const mistakes = () => page.getByRole("list", { name: "Mistakes" }).getByRole("listitem");
  const metrics = () => page.getByRole("table", { name: "Per-class metrics" });
  const confusion = () => page.getByRole("table", { name: "Confusion matrix" });

  test("has today's name everywhere in the report, and its mistakes keep their buttons", async () => {
    await go(page, "Data");
    const region = page.getByRole("region", { name: "blue" });
    await region.getByRole("textbox", { name: "Class name" }).fill("azure");
    await page.keyboard.press("Enter");
    await press(20, "Show");
    await expect.poll(() => mistakes().count()).toBe(3);
    for (const mistake of await mistakes().all()) {
      expect(await mistake.textContent()).toMatch(/azure called red, [\d.]+% sure/);
      expect(await mistake.textContent()).not.toContain("Now in");
      expect(await mistake.getByRole("button", { name: /^Move to red: wrong-\d\.png$/ }).count()).toBe(1);
      expect(await mistake.getByRole("button", { name: /^Exclude: / }).count()).toBe(1);
    }
    for (const part of [metrics(), confusion()]) {
      const headers = await part.getByRole("rowheader").allTextContents();
      expect(headers.toSorted()).toEqual(["azure", "red"]);
    }
    expect((await confusion().getByRole("columnheader").allTextContents()).toSorted()).toEqual([
      "True class",
      "azure",
      "red",
    ]);
    await mistakes()
      .first()
      .getByRole("button", { name: /^Move to red/ })
      .click();
    await mistakes().first().getByText("Now in red").waitFor();
  });

  test("keeps its old name in the report when it is gone", async () => {
    await go(page, "Data");
    await page.getByRole("region", { name: "azure" }).getByRole("button", { name: "Delete class" }).click();
    await go(page, "Evaluate");
    await page.getByText("8 of 11 test photos right").waitFor();
    expect((await metrics().getByRole("rowheader").allTextContents()).toSorted()).toEqual(["blue", "red"]);
  });
});
