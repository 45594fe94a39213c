import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { inspectImage } from "../../../src/formats/images/header.ts";
import { interleaved, pngOf } from "../../../src/formats/images/png.ts";
import { pictureIn } from "../../fixtures/packed.ts";

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

test.each([
  [28, 28, 1],
  [3, 5, 3],
  // More than one stored block.
  [200, 180, 3],
] as const)("Node's own inflate finds the pixels of %i × %i × %i in a PNG", async (width, height, channels) => {
  const values = Uint8Array.from({ length: width * height * channels }, (_, at) => (at * 7 + (at >> 5)) % 256);
  const png = await bytesOf(pngOf({ width, height, channels, values }));
  const sum = values.reduce((a, b) => a + b, 0);
  const [first, corner] = [values.slice(0, channels), values.slice((width - 1) * channels, width * channels)];
  expect(pictureIn(png)).toEqual({ size: [width, height, channels], first: [...first], corner: [...corner], sum });
  expect(inspectImage(png)).toMatchObject({ type: "png", width, height, animated: false });
  const bytes = Buffer.from(png);
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const end = at + 8 + bytes.readUInt32BE(at);
    expect(bytes.readUInt32BE(end)).toBe(crc32(bytes.subarray(at + 4, end)));
  }
});

test("a long PNG has the right check sum, which inflate looks at", async () => {
  const values = new Uint8Array(400 * 400 * 3).fill(255);
  const png = Buffer.from(await bytesOf(pngOf({ width: 400, height: 400, channels: 3, values })));
  const data = png.subarray(41, 41 + png.readUInt32BE(33));
  expect(inflateSync(data).length).toBe(400 * 1201);
});

test("planes become pixels", () => {
  expect([...interleaved(Uint8Array.from([1, 2, 3, 4, 5, 6]), 3)]).toEqual([1, 3, 5, 2, 4, 6]);
});

test("pixels of another size than said are an error", () => {
  expect(() => pngOf({ width: 2, height: 2, channels: 3, values: new Uint8Array(4) })).toThrow(RangeError);
});
