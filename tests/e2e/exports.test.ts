/** What is taken away gives the same answers in its own reader. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";
import { classify, download, downloadAndOpen, go, train } from "./places.ts";
import { predictWithTeachableMachine } from "./teachable-machine.ts";

let app: App;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-exports-"));
  app = await openApp({ url: inject("shippedUrl") });
  await app.page.getByRole("button", { name: "Use sample photos" }).click();
  await app.page.getByText("Added 90 photos.").waitFor();
  await train(app.page);
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test("Teachable Machine's library gives the app's predictions on ten photos", async () => {
  const photos = Array.from({ length: 10 }, (_, at) =>
    png(200 + 17 * at, 150 + 11 * at, stripes(at % 2 ? "red-upright" : "blue-level", at)),
  );
  const zip = join(folder, "model.zip");
  await download(app.page, "Teachable Machine", zip);
  const theirs = await predictWithTeachableMachine(app.page.context(), zip, photos);
  await go(app.page, "Use");
  for (const [at, buffer] of photos.entries()) {
    for (const { className, percentage } of await classify(app.page, {
      name: `p${at}.png`,
      mimeType: "image/png",
      buffer,
    })) {
      // The page rounds to tenths of a percent: half of one, and the promised 1e-3.
      expect(Math.abs(percentage / 100 - (theirs[at]?.get(className) ?? Number.NaN))).toBeLessThan(0.0005 + 1e-3);
    }
  }
});

test("a TensorFlow Lite download opens again with the same predictions", async () => {
  const predict = async () => {
    await go(app.page, "Use");
    const buffer = png(320, 240, stripes("blue-level", 5));
    return classify(app.page, { name: `probe-${Date.now()}.png`, mimeType: "image/png", buffer });
  };
  const before = await predict();
  await downloadAndOpen(app.page, "TensorFlow Lite");
  const after = await predict();
  expect(after.map(({ className }) => className)).toEqual(before.map(({ className }) => className));
  for (const [at, { percentage }] of after.entries()) {
    expect(percentage).toBeCloseTo(before[at]?.percentage ?? Number.NaN, 1);
  }
});
