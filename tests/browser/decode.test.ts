/** Photos to pixels: upright, cut as the base model needs them, and as an `<img>` would be drawn. */
import { describe, expect, test } from "vitest";
import { sentenceOf } from "../../src/app/words/words.ts";
import {
  decodeFrame,
  decodeOnce,
  decodePhoto,
  makeThumbnail,
  PhotoError,
  type Target,
} from "../../src/engine/decode.ts";
import { checkPhoto } from "../../src/formats/images/header.ts";

const SQUARE: Target = { width: 32, height: 32, crop: "center" };

/** A JPEG whose top half is red and bottom half blue, with a green left tenth. */
async function flag(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#f00";
  context.fillRect(0, 0, width, height / 2);
  context.fillStyle = "#00f";
  context.fillRect(0, height / 2, width, height / 2);
  context.fillStyle = "#0f0";
  context.fillRect(0, 0, width / 10, height);
  return new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 })).arrayBuffer());
}

/** The same JPEG with an EXIF segment that says how it is to be turned (EXIF 2.32, tag 0x0112). */
function turned(jpeg: Uint8Array, orientation: number): Uint8Array<ArrayBuffer> {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [...exif, ...entry];
  return new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2, ...body, ...jpeg.subarray(2)]);
}

function colourAt(pixels: Uint8ClampedArray, { width, height }: Target, x: number, y: number): string {
  const at = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
  const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
  return red > 180 && green < 80 ? "red" : blue > 180 && green < 80 ? "blue" : green > 180 ? "green" : "mixed";
}

const decode = (bytes: Uint8Array<ArrayBuffer>, target: Target) =>
  decodePhoto(new Blob([bytes], { type: "image/jpeg" }), checkPhoto(bytes), target);

describe.each([
  ["small", 300, 200],
  ["large", 2400, 1600],
])("a %s photo", (_, width, height) => {
  test("is squashed whole, or cut to its centre", async () => {
    const photo = await flag(width, height);
    const squash: Target = { ...SQUARE, crop: "squash" };
    const whole = await decode(photo, squash);
    expect(colourAt(whole, squash, 0.04, 0.5)).toBe("green");
    expect([colourAt(whole, squash, 0.5, 0.1), colourAt(whole, squash, 0.5, 0.9)]).toEqual(["red", "blue"]);
    // The square from the centre of 3:2 leaves out a sixth on either side.
    const centre = await decode(photo, SQUARE);
    expect(colourAt(centre, SQUARE, 0.04, 0.1)).toBe("red");
  });

  test.each([
    [1, ["red", "blue"], "vertical"],
    [3, ["blue", "red"], "vertical"],
    [6, ["blue", "red"], "horizontal"],
    [8, ["red", "blue"], "horizontal"],
  ] as const)("with EXIF orientation %i stands upright", async (orientation, colours, along) => {
    const photo = turned(await flag(width, height), orientation);
    const pixels = await decode(photo, SQUARE);
    const at = (share: number) =>
      along === "vertical" ? colourAt(pixels, SQUARE, 0.5, share) : colourAt(pixels, SQUARE, share, 0.5);
    expect([at(0.1), at(0.9)]).toEqual(colours);
  });

  test("has a small upright thumbnail", async () => {
    const bytes = turned(await flag(width, height), 6);
    const thumbnail = await createImageBitmap((await makeThumbnail(new Blob([bytes]), checkPhoto(bytes), 96)).file);
    expect([thumbnail.width, thumbnail.height]).toEqual([64, 96]);
  });
});

test.each([0.9, 1.7, 2.3, 3.1, 4.4])("at %f times the size a photo has the pixels of a drawn <img>", async (times) => {
  // An odd side is halved with slightly other pixels.
  const side = 4 * Math.round((224 * times) / 4);
  const bytes = await noise(side + 36, side);
  const target: Target = { width: 224, height: 224, crop: "center" };
  const ours = await decode(bytes, target);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([bytes]));
  await image.decode();
  expect(meanDifference(ours, cropAsTeachableMachine(image, 224))).toBeLessThan(0.01);
});

test.each([
  ["small", 640, 480, 1],
  ["of 12 megapixels", 4000, 3000, 1],
  ["of 3 megapixels that is turned", 2000, 1500, 6],
] as const)("a photo that is %s has of one decoding the pixels of a second, and a thumbnail", async (...given) => {
  const [, width, height, orientation] = given;
  const bytes = turned(await flag(width, height), orientation);
  for (const side of [96, 224, 299]) {
    const target: Target = { width: side, height: side, crop: "center" };
    const { pixels, thumbnail } = await decodeOnce(new Blob([bytes]), checkPhoto(bytes), target);
    expect(pixels).toEqual(await decode(bytes, target));
    const alone = await makeThumbnail(new Blob([bytes]), checkPhoto(bytes));
    expect([thumbnail.width, thumbnail.height]).toEqual([alone.width, alone.height]);
    expect(thumbnail.file.type).toBe("image/jpeg");
    expect(meanDifference(thumbnail.pixels, alone.pixels)).toBeLessThan(2);
  }
});

test("a mirrored frame is turned round", async () => {
  const frame = await createImageBitmap(new Blob([await flag(320, 320)]));
  expect(colourAt(decodeFrame(frame, SQUARE, false), SQUARE, 0.04, 0.5)).toBe("green");
  expect(colourAt(decodeFrame(frame, SQUARE, true), SQUARE, 0.96, 0.5)).toBe("green");
});

test("a photo that breaks off is refused with what to do", async () => {
  const bytes = await flag(300, 200);
  const broken = new Uint8Array(bytes.subarray(0, 400));
  const facts = { width: 300, height: 200, orientation: 1, type: "jpeg" };
  const error = await decodePhoto(new Blob([broken]), facts, SQUARE).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PhotoError);
  expect(sentenceOf(error)).toMatch(/damaged.*Open it elsewhere/);
});

/** Soft coloured waves: content at every scale, as photos have. */
async function noise(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    image.data.set(
      [128 + 90 * Math.sin(x / 3 + y / 11), 128 + 90 * Math.sin(x * y * 0.003), (x * 7 + y * 13) % 256, 255],
      4 * at,
    );
  }
  context.putImageData(image, 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
}

/** `cropTo` of `@teachablemachine/image` 0.8.5, without mirroring. */
function cropAsTeachableMachine(image: HTMLImageElement, size: number): Uint8ClampedArray {
  const canvas = document.createElement("canvas");
  const shortest = Math.min(image.width, image.height);
  const scale = size / shortest;
  const width = Math.ceil(image.width * scale);
  const height = Math.ceil(image.height * scale);
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.drawImage(image, ~~((width - size) / 2) * -1, ~~((height - size) / 2) * -1, width, height);
  return context.getImageData(0, 0, size, size).data;
}

function meanDifference(ours: Uint8ClampedArray, theirs: Uint8ClampedArray): number {
  return ours.reduce((sum, value, at) => sum + Math.abs(value - (theirs[at] ?? 0)), 0) / ours.length;
}
