/** A HEIC that pillow-heif wrote, and damaged ones. */
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { pixelsOf, start } from "../../../src/worker/libheif.ts";
import { damagedBytes } from "../../fixtures/hostile/mutate.ts";
import expected from "../../fixtures/photos.json" with { type: "json" };

const file = (path: string) => new Uint8Array(readFileSync(new URL(`../../../${path}`, import.meta.url)));
const HEIC = file("tests/fixtures/photos/phone.heic");
const heif = start(file("node_modules/libheif-js/libheif-wasm/libheif.wasm").buffer);

async function read(bytes: Uint8Array) {
  const decoder = new heif.HeifDecoder();
  const images = decoder.decode(bytes);
  try {
    const [image] = images;
    if (!image || image.get_width() * image.get_height() > 1e6) return null;
    const [width, height] = [image.get_width(), image.get_height()];
    return { width, height, data: await pixelsOf(heif, image, width, height) };
  } finally {
    for (const image of images) image.free();
    heif.heif_context_free(decoder.decoder);
  }
}

test("it has the pixels that its writer saw", async () => {
  const { width, height, near, rgba } = expected["phone.heic"];
  const found = await read(HEIC);
  expect([found?.width, found?.height]).toEqual([width, height]);
  const shown = Buffer.from(rgba, "base64");
  const furthest = Math.max(...(found?.data ?? []).map((value, at) => Math.abs(value - (shown[at] ?? 0))));
  expect(furthest).toBeLessThanOrEqual(near);
});

test("damaged and cut short ones come to an end, and those after them are read", async () => {
  // What is wrong with each it writes to the console.
  const silent = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const random = createRandom(12);
  for (let round = 0; round < 200; round++) {
    await read(damagedBytes(HEIC, random)).catch((error) => expect(error).toBeDefined());
    if (round < 60) await read(HEIC.slice(0, round * 50)).catch((error) => expect(error).toBeDefined());
  }
  silent.mockRestore();
  expect((await read(HEIC))?.data).toHaveLength(64 * 48 * 4);
});
