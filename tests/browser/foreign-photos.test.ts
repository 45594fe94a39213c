/** TIFFs, raw files and a HEIC through the real decoders, to the photos that are kept of them. */
import { expect, test } from "vitest";
import { sentence } from "../../src/app/words/faults.ts";
import { words } from "../../src/app/words/words.ts";
import { checkPhoto } from "../../src/formats/images/header.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { getPhoto, getThumbnails } from "../../src/storage/photos.ts";
import { Decoders } from "../../src/worker/decoders.ts";
import { importFiles } from "../../src/worker/importing.ts";
import type { ImportedPhoto, IncomingFile } from "../../src/worker/protocol/index.ts";
import expected from "../fixtures/photos.json" with { type: "json" };

const addresses = import.meta.glob<string>("../fixtures/photos/*.{tif,dng,heic}", {
  query: "?url",
  import: "default",
  eager: true,
});

async function given(name: string): Promise<IncomingFile> {
  const response = await fetch(addresses[`../fixtures/photos/${name}`] ?? "");
  return { path: `Leaves/${name}`, blob: await response.blob() };
}

async function take(names: readonly string[]) {
  const photos: ImportedPhoto[] = [];
  const result = await importFiles(
    new Decoders(2),
    await Promise.all(names.map(given)),
    (progress) => photos.push(...progress.photos),
    new AbortController().signal,
  );
  return { ...result, photos };
}

async function pixelsOf(photo: Blob): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(photo);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  return context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
}

function meanDistance(found: Uint8ClampedArray, base64: string): number {
  const wanted = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  expect(found).toHaveLength(wanted.length);
  return found.reduce((sum, value, at) => sum + Math.abs(value - (wanted[at] ?? 0)), 0) / found.length;
}

test("they come in as photos that browsers show, with their pixels, and it is said that they did", async () => {
  const names = Object.keys(expected).filter((name) => name !== "alpha.tif");
  const { photos, skipped, converted } = await take(names);
  expect(skipped).toEqual([]);
  const kinds = { tiff: /\.tif$/, raw: /\.dng$/, heic: /\.heic$/ };
  for (const [kind, ending] of Object.entries(kinds)) {
    const count = names.filter((name) => ending.test(name)).length;
    expect(converted[kind as keyof typeof kinds] ?? 0, kind).toBe(count);
  }
  expect(words.store.imported({ added: photos.length, duplicates: 0, ignored: 0, converted })).toMatch(/TIFFs/);
  const database = await openDatabase();
  for (const [name, { width, height, rgba }] of Object.entries(expected)) {
    const found = photos.find(({ sample }) => sample.fileName === name.replace(/\.\w+$/, ".jpg"));
    if (name === "alpha.tif") continue;
    if (!found) throw new Error(`${name} did not come in`);
    expect([found.sample.width, found.sample.height], name).toEqual([width, height]);
    expect(found.className).toBe("Leaves");
    const kept = await getPhoto(database, found.sample.photo);
    expect(checkPhoto(new Uint8Array(await kept.arrayBuffer())).type, name).toBe("jpeg");
    // Of one pixel squares, as some are here, a JPEG keeps the light better than the colours.
    expect(meanDistance(await pixelsOf(kept), rgba), name).toBeLessThan(16);
    expect(await getThumbnails(database, [found.sample.photo]), name).toEqual([expect.any(Blob)]);
  }
});

test("one that can be seen through becomes a PNG", async () => {
  const { photos } = await take(["alpha.tif"]);
  expect(photos.map(({ sample }) => sample.fileName)).toEqual(["alpha.png"]);
  const kept = await getPhoto(await openDatabase(), photos[0]?.sample.photo ?? "");
  expect(kept.type).toBe("image/png");
});

test("the same file twice is the same photo", async () => {
  const [first, second] = [await take(["lzw.tif", "camera.dng"]), await take(["lzw.tif", "camera.dng"])];
  const ids = ({ photos }: typeof first) => photos.map(({ sample }) => sample.photo).sort();
  expect(ids(second)).toEqual(ids(first));
});

test("kinds that are not read are named with what to do, and the others come in", async () => {
  const { photos, skipped } = await take(["floats.tif", "no-preview.dng", "zstd.tif", "lzw.tif"]);
  expect(photos.map(({ sample }) => sample.fileName)).toEqual(["lzw.jpg"]);
  const reasons = new Map(skipped.map(({ path, fault }) => [path, sentence(words.faults, fault)]));
  expect(reasons.get("Leaves/floats.tif")).toMatch(/whole numbers/);
  expect(reasons.get("Leaves/no-preview.dng")).toMatch(/without a preview/);
  expect(reasons.get("Leaves/zstd.tif")).toMatch(/compression/);
});
