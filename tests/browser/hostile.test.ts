/** The hostile corpus through the real decoders: the right pictures or a reason, and nothing stops the rest. */
import { describe, expect, test } from "vitest";
import { sentence } from "../../src/app/words/faults.ts";
import { words } from "../../src/app/words/words.ts";
import { decodePhoto, type Target } from "../../src/engine/decode.ts";
import { checkPhoto } from "../../src/formats/images/header.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { getPhoto, getThumbnails } from "../../src/storage/photos.ts";
import { Decoders } from "../../src/worker/decoders.ts";
import { importFiles } from "../../src/worker/importing.ts";
import type { ImportedPhoto, IncomingFile } from "../../src/worker/protocol/index.ts";
import { BAD_PHOTOS, HOSTILE_ZIPS, type HostileFile, SOUND_PHOTOS } from "../fixtures/hostile.ts";

const decoders = new Decoders(2);

const given = async ({ path, make }: HostileFile): Promise<IncomingFile> => ({ path, blob: new Blob([await make()]) });

async function take(files: readonly IncomingFile[]) {
  const photos: ImportedPhoto[] = [];
  const { skipped } = await importFiles(
    decoders,
    files,
    (progress) => photos.push(...progress.photos),
    new AbortController().signal,
  );
  return { photos, reasons: new Map(skipped.map(({ path, fault }) => [path, sentence(words.faults, fault)])) };
}

/** Means of small squares near the corners, in reading order. */
async function cornersOf(picture: ImageBitmapSource): Promise<number[][]> {
  const bitmap = await createImageBitmap(picture);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (!context) throw new Error("no canvas");
  context.drawImage(bitmap, 0, 0);
  const [right, bottom] = [bitmap.width - 8, bitmap.height - 8];
  return [
    [4, 4],
    [right, 4],
    [4, bottom],
    [right, bottom],
  ].map(([x = 0, y = 0]) => {
    const { data } = context.getImageData(x, y, 4, 4);
    return [0, 1, 2].map(
      (channel) => data.filter((_, at) => at % 4 === channel).reduce((sum, value) => sum + value, 0) / 16,
    );
  });
}

function expectColours(found: readonly number[][], expected: readonly (readonly number[])[]): void {
  found.flat().forEach((value, at) => {
    // JPEG and WebP thumbnails are near, not equal.
    expect(Math.abs(value - (expected.flat()[at] ?? Number.NaN)), `${found} is not ${expected}`).toBeLessThan(14);
  });
}

describe("sound pictures come in upright and with their colours", () => {
  test.each(SOUND_PHOTOS.map((file) => [file.title, file] as const))("%s", async (_, file) => {
    if (file.outcome.kind !== "photo") throw new Error("not a photo");
    const { width, height, corners } = file.outcome.upright;
    const { photos, reasons } = await take([await given(file)]);
    expect(reasons).toEqual(new Map());
    expect(photos.map(({ sample }) => [sample.width, sample.height])).toEqual([[width, height]]);
    if (!corners) return;
    const [photo = ""] = photos.map(({ sample }) => sample.photo);
    const database = await openDatabase();
    const [thumbnail] = await getThumbnails(database, [photo]);
    expectColours(await cornersOf(thumbnail ?? new Blob()), corners);
    // What a base model sees.
    const original = await getPhoto(database, photo);
    const target: Target = { width, height, crop: "squash" };
    const pixels = await decodePhoto(original, checkPhoto(new Uint8Array(await original.arrayBuffer())), target);
    expectColours(await cornersOf(new ImageData(new Uint8ClampedArray(pixels), width, height)), corners);
  });
});

describe("others are refused with a reason", () => {
  test.each(BAD_PHOTOS.map((file) => [file.title, file] as const))("%s", async (_, file) => {
    const { photos, reasons } = await take([await given(file)]);
    expect(photos).toEqual([]);
    expect([...reasons.keys()]).toEqual([file.path]);
    expect(reasons.get(file.path)).toMatch(file.outcome.kind === "refused" ? file.outcome.reason : "");
  });
});

test("all of it at once: every sound photo comes in, everything else is named once", async () => {
  const files = [...SOUND_PHOTOS, ...BAD_PHOTOS, ...HOSTILE_ZIPS];
  const { photos, reasons } = await take(await Promise.all(files.map(given)));
  const expectedPhotos = new Map<string, number>();
  const expectedReasons = new Set<string>();
  const expectPhotos = (name: string, more: number) => expectedPhotos.set(name, (expectedPhotos.get(name) ?? 0) + more);
  for (const { path, outcome } of files) {
    if (outcome.kind === "photo") expectPhotos("good", 1);
    else if (outcome.kind === "refused") expectedReasons.add(path);
    else {
      for (const [name, count] of Object.entries(outcome.photos)) expectPhotos(name, count);
      for (const inner of Object.keys(outcome.refused)) expectedReasons.add(inner);
    }
  }
  const counts = new Map<string, number>();
  for (const { className } of photos) counts.set(className ?? "", (counts.get(className ?? "") ?? 0) + 1);
  expect(counts).toEqual(expectedPhotos);
  expect(new Set(reasons.keys())).toEqual(expectedReasons);
});
