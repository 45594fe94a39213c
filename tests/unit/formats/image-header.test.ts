import { describe, expect, test } from "vitest";
import { checkPhoto, inspectImage } from "../../../src/formats/images/header.ts";
import { png } from "../../e2e/photos.ts";
import { saying } from "../../fixtures/saying.ts";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));

/** SOI, optional EXIF with an orientation, SOF0 of 40 × 30. */
function jpeg(orientation?: number): Uint8Array {
  const exif = orientation
    ? bytes([0xff, 0xe1, 0, 34], "Exif\0\0", "II", [
        42,
        0,
        8,
        0,
        0,
        0,
        1,
        0,
        0x12,
        1,
        3,
        0,
        1,
        0,
        0,
        0,
        orientation,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
      ])
    : [];
  return Uint8Array.from([0xff, 0xd8, ...exif, 0xff, 0xc0, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0]);
}

/** Header 5 × 4 without a colour table, `frames` frames of one pixel. */
function gif(frames: number): Uint8Array {
  const frame = [0x21, 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0];
  return bytes("GIF89a", [5, 0, 4, 0, 0, 0, 0], Array.from({ length: frames }, () => frame).flat(), [0x3b]);
}

const vp8x = (flags: number) =>
  bytes("RIFF", [0, 0, 0, 0], "WEBPVP8X", [10, 0, 0, 0, flags, 0, 0, 0, 99, 0, 0, 49, 0, 0]);

describe("what a header says", () => {
  test.each([
    ["a JPEG", jpeg(), { type: "jpeg", width: 40, height: 30, orientation: 1, animated: false }],
    ["a JPEG turned by EXIF", jpeg(6), { type: "jpeg", width: 30, height: 40, orientation: 6, animated: false }],
    ["a JPEG upside down by EXIF", jpeg(3), { type: "jpeg", width: 40, height: 30, orientation: 3, animated: false }],
    [
      "a PNG",
      new Uint8Array(png(7, 5, () => [1, 2, 3])),
      { type: "png", width: 7, height: 5, orientation: 1, animated: false },
    ],
    ["a GIF", gif(1), { type: "gif", width: 5, height: 4, orientation: 1, animated: false }],
    ["an animated GIF", gif(2), { type: "gif", width: 5, height: 4, orientation: 1, animated: true }],
    ["a WebP", vp8x(0), { type: "webp", width: 100, height: 50, orientation: 1, animated: false }],
    ["an animated WebP", vp8x(2), { type: "webp", width: 100, height: 50, orientation: 1, animated: true }],
  ])("%s", (_, file, expected) => {
    expect(inspectImage(file)).toEqual(expected);
  });
});

describe("what is not taken", () => {
  const huge = () => {
    const file = new Uint8Array(png(1, 1, () => [0, 0, 0]));
    new DataView(file.buffer).setUint32(16, 30_000);
    new DataView(file.buffer).setUint32(20, 30_000);
    return file;
  };
  test.each([
    ["an empty file", new Uint8Array(), /is empty/],
    ["a text", bytes("hello, I am no photo"), /not a photo/],
    ["an SVG", bytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), /not a photo/],
    ["a HEIC photo", bytes([0, 0, 0, 24], "ftypheic", [0, 0, 0, 0]), /HEIC/],
    ["a video", bytes([0, 0, 0, 24], "ftypisom", [0, 0, 0, 0]), /video/],
    ["an animated GIF", gif(2), /animated/],
    ["900 megapixels", huge(), /30,000 × 30,000 pixels, over 100 megapixels/],
    ["a JPEG cut in its header", jpeg().slice(0, 8), /cut short/],
  ])("%s is refused with its reason", (_, file, reason) => {
    expect(saying(() => checkPhoto(file))).toMatch(reason);
  });
});
