/** Classes whose photos are near-duplicates of each other: what cannot be tested on is said, with the reason. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRandom } from "../../src/dataset/random.ts";
import { type App, openApp } from "./browser.ts";
import { type Painter, png } from "./photos.ts";
import { addFolder, go, testAccuracy, train } from "./places.ts";

let app: App;
let page: Page;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-twins-"));
  app = await openApp();
  page = app.page;
});
afterEach(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test("classes that are too alike to test on any photo say so, also after a reload, and cross-validation tests all", async () => {
  await writePhotos("left", [1, 2, 3, 4, 5, 6, 7, 8]);
  await writePhotos("right", [1, 2, 3, 4, 5, 6, 7, 8]);
  await addFolder(page, folder);
  await train(page);
  await go(page, "Evaluate");
  const tooAlike = page.getByText(/^The photos of “left” and “right” are too alike across classes to test on any\./);
  await tooAlike.waitFor();
  await expect.poll(() => page.getByText(/Give “Test share” a value above 0/).count()).toBe(0);
  await page.reload();
  await go(page, "Evaluate");
  await tooAlike.waitFor();

  await go(page, "Train");
  await page.getByText("More settings").click();
  await page.getByRole("spinbutton", { name: "Cross-validation folds" }).fill("4");
  await train(page);
  await testAccuracy(page);
  await page.getByText(/of 16 test photos right\./).waitFor();
});

test("a class that has lost test photos to near-duplicates says how many", async () => {
  await writePhotos("left", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21, 22]);
  await writePhotos("right", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await addFolder(page, folder);
  await train(page);
  await testAccuracy(page);
  // 15 % of 12 and of 10 are 2 each; two photos of “left” are like no other: one is tested on, one stops the training.
  await page
    .getByText(
      /^Fewer test photos than the test share asks for: “left” has 1 of 2 and “right” has 0 of 2\. Photos that are nearly the same as photos of another class are always learned from\./,
    )
    .waitFor();
});

test("a class that is fixed to training as a whole says so", async () => {
  await writePhotos(join("train", "left"), [1, 2, 3, 4, 5]);
  await writePhotos(join("train", "right"), [11, 12, 13, 14, 15]);
  await addFolder(page, folder);
  await train(page);
  await go(page, "Evaluate");
  await page.getByText(/^No photo of “left” and “right” was tested on: all are fixed to training/).waitFor();
});

/** One photo for each scene. The same scene in another class differs by grain alone. */
async function writePhotos(className: string, scenes: readonly number[]): Promise<void> {
  await mkdir(join(folder, className), { recursive: true });
  for (const scene of scenes) {
    await writeFile(join(folder, className, `${scene}.png`), png(96, 96, blocks(scene, className.length)));
  }
}

/** Six by six blocks of colours of their own. */
function blocks(scene: number, grain: number): Painter {
  const random = createRandom(scene);
  const colours = Array.from({ length: 36 }, () => [random(), random(), random()] as const);
  return (x, y) => {
    const colour = colours[6 * Math.floor(y / 16) + Math.floor(x / 16)] ?? ([0, 0, 0] as const);
    const noise = (x * 31 + y * 17 + grain * 13) % 7;
    return [30 + 190 * colour[0] + noise, 30 + 190 * colour[1] + noise, 30 + 190 * colour[2] + noise];
  };
}
