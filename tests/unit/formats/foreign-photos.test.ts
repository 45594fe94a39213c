/** TIFFs and raw files that tifffile, Pillow and libheif wrote, read to the pixels that these saw. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { FormatError } from "../../../src/formats/errors.ts";
import { foreignPhoto } from "../../../src/formats/images/foreign-photos.ts";
import { checkPhoto } from "../../../src/formats/images/header.ts";
import { readTiff } from "../../../src/formats/images/tiff/read.ts";
import { damagedBytes } from "../../fixtures/hostile/mutate.ts";
import expected from "../../fixtures/photos.json" with { type: "json" };
import { sayingLater } from "../../fixtures/saying.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/photos/${name}`, import.meta.url)));

/** Strips that are JPEGs are for a browser to decode. */
const noJpeg = () => Promise.reject(new FormatError({ code: "image/damaged", type: "jpeg" }));
const read = (bytes: Uint8Array) => readTiff(bytes, noJpeg);

const PLAIN = Object.entries(expected).filter(([name]) => /\.tif$/.test(name) && !name.startsWith("jpeg"));

describe("a TIFF has the pixels that its writer saw", () => {
  test.each(PLAIN)("%s", async (name, { width, height, near, rgba }) => {
    const content = await read(fixture(name));
    if (content.kind !== "pixels") throw new Error("a preview");
    const { pixels } = content;
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    const shown = Buffer.from(rgba, "base64");
    expect(pixels.data).toHaveLength(shown.length);
    const furthest = Math.max(...pixels.data.map((value, at) => Math.abs(value - (shown[at] ?? 0))));
    expect(furthest).toBeLessThanOrEqual(near);
    expect(pixels.seeThrough).toBe(name === "alpha.tif");
  });
});

test("of a strip that is a JPEG, the browser gets all that it needs, with how its colours are meant", async () => {
  for (const [name, transform] of [
    ["jpeg-ycc.tif", 1],
    ["jpeg-rgb.tif", 0],
  ] as const) {
    const given: Uint8Array[] = [];
    const content = await readTiff(fixture(name), async (jpeg) => {
      given.push(jpeg);
      return { width: 32, data: new Uint8ClampedArray(32 * 16 * 4).fill(255) };
    });
    expect(content.kind).toBe("pixels");
    expect(given.map((jpeg) => checkPhoto(jpeg))).toMatchObject([{ width: 32, height: 16 }]);
    // Adobe's segment: its last byte is 0 for RGB and 1 for YCbCr.
    expect(given[0]?.[17]).toBe(transform);
  }
});

test("of a raw file, its largest JPEG is taken, turned as the camera was held", async () => {
  const content = await read(fixture("camera.dng"));
  if (content.kind !== "preview") throw new Error("pixels");
  const { width, height } = expected["camera.dng"];
  expect(checkPhoto(content.jpeg)).toEqual({ type: "jpeg", width, height, orientation: 6, animated: false });
});

test("kinds that are not read are refused with what to do", async () => {
  expect(await sayingLater(read(fixture("floats.tif")))).toMatch(/not whole numbers of up to 16 bits.*as a PNG/);
  expect(await sayingLater(read(fixture("32-bit.tif")))).toMatch(/not whole numbers of up to 16 bits.*as a PNG/);
  expect(await sayingLater(read(fixture("zstd.tif")))).toMatch(/rare compression.*LZW/);
  expect(await sayingLater(read(fixture("no-preview.dng")))).toMatch(/without a preview.*JPEG/);
});

test("files are known by what they begin with", () => {
  expect(["plain.tif", "big-endian.tif", "big.tif", "camera.dng"].map((name) => foreignPhoto(fixture(name)))).toEqual(
    Array.from({ length: 4 }, () => "tiff"),
  );
  expect(foreignPhoto(fixture("phone.heic"))).toBe("heic");
});

test("a picture that says it is enormous is refused before anything is made for it", async () => {
  const bytes = fixture("plain.tif");
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4, true);
  for (let at = directory + 2; at < bytes.length - 12; at += 12) {
    const tag = view.getUint16(at, true);
    if (tag === 256 || tag === 257) {
      view.setUint16(at + 2, 4, true);
      view.setUint32(at + 8, 30_000, true);
    }
  }
  expect(await sayingLater(read(bytes))).toMatch(/30,000 × 30,000 pixels, over 64 megapixels/);
});

test("cut short at every place, each is an error or a picture, and the end comes", async () => {
  for (const name of ["lzw.tif", "packbits.tif", "deflate.tif", "tiles.tif", "camera.dng"]) {
    const bytes = fixture(name);
    for (let length = 0; length < bytes.length; length += 7) {
      await read(bytes.slice(0, length)).catch((error) =>
        expect(error, `${name}, ${length}`).toBeInstanceOf(FormatError),
      );
    }
  }
});

test("damaged ones are an error or a picture, and the end comes", async () => {
  const random = createRandom(11);
  const files = [...PLAIN.map(([name]) => name), "camera.dng", "jpeg-rgb.tif"].map(fixture);
  for (let round = 0; round < 3000; round++) {
    const bytes = damagedBytes(files[round % files.length] ?? new Uint8Array(), random);
    await read(bytes).catch((error) => expect(error, `round ${round}: ${error.stack}`).toBeInstanceOf(FormatError));
  }
});
