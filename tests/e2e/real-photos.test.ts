/** The main job on real photos and real weights. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { addFolder, classify, download, go, testAccuracy, train } from "./places.ts";
import { hasShared, sharedData, sharedModel } from "./shared.ts";
import { predictWithTeachableMachine } from "./teachable-machine.ts";

describe.skipIf(!hasShared)("on real photos", () => {
  let app: App;
  let folder: string;
  beforeEach(async () => {
    app = await openApp({ url: inject("shippedUrl") });
    folder = await mkdtemp(join(tmpdir(), "headstart-real-"));
  });
  afterEach(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("cats and dogs with MobileNetV2 1.0: at least 97 %, and Teachable Machine's library agrees", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "Use sample photos" }).waitFor();
    await addFolder(page, await someOf("cats-dogs"));
    await addBaseModel("mobilenet_v2_1.0_224_no_top");
    await train(page);
    expect(await testAccuracy(page)).toBeGreaterThanOrEqual(97);

    const zip = join(folder, "model.zip");
    await download(page, "Teachable Machine", zip);
    const names = (await readdir(sharedData("cats-dogs", "test", "dog"))).slice(0, 10);
    const paths = names.map((name) => sharedData("cats-dogs", "test", "dog", name));
    const photos = await Promise.all(paths.map((path) => readFile(path)));
    const theirs = await predictWithTeachableMachine(page.context(), zip, photos);
    await go(page, "Use");
    for (const [at, path] of paths.entries()) {
      for (const { className, percentage } of await classify(page, path)) {
        // The page rounds to tenths of a percent: half of one, and the promised 1e-3.
        expect(Math.abs(percentage / 100 - (theirs[at]?.get(className) ?? Number.NaN))).toBeLessThan(0.0005 + 1e-3);
      }
    }
  });

  test("a real Teachable Machine export classifies the photos it was made from, 22 of 22", async () => {
    const { page } = app;
    await go(page, "Export");
    await page.getByLabel("Open file").setInputFiles(sharedModel("tm-export-google"));
    await page
      .getByRole("status")
      .getByText(/opened “/i)
      .first()
      .waitFor();
    await go(page, "Use");
    const answers: string[] = [];
    for (const label of ["Class_1", "Class_2"]) {
      const names = await readdir(sharedData("teachable-machine-export", label));
      for (const name of names) {
        const [best] = await classify(page, sharedData("teachable-machine-export", label, name));
        if (best?.className.replace(" ", "_") === label) answers.push(name);
      }
    }
    expect(answers).toHaveLength(22);
  });

  test.each(["mobilenet_v1_0.25_224", "mobilenet_v1_025_224_graph", "tm-export-nailbiting"])(
    "%s becomes a base model, and is still there after a reload",
    async (name) => {
      await addBaseModel(name);
      await app.page.reload();
      await go(app.page, "Train");
      await app.page.getByText("your file", { exact: true }).waitFor();
    },
  );

  /** All test photos, and of each class as many others as show the same; `npm run test:thorough` takes all. */
  async function someOf(set: string): Promise<string> {
    if (process.env.VITE_THOROUGH === "1") return sharedData(set);
    for (const part of ["train", "test"]) {
      for (const name of await readdir(sharedData(set, part))) {
        await mkdir(join(folder, part, name), { recursive: true });
        for (const file of (await readdir(sharedData(set, part, name))).slice(0, 70)) {
          await copyFile(sharedData(set, part, name, file), join(folder, part, name, file));
        }
      }
    }
    return folder;
  }

  async function addBaseModel(name: string): Promise<void> {
    await go(app.page, "Train");
    await app.page.getByText("Use another model").click();
    await app.page.getByLabel("Add base model").setInputFiles(sharedModel(name));
    await app.page.getByText(/is ready and kept for offline use/).waitFor();
  }
});
