/** Decoders that stumble over a photo: it is named, and all others come in. */
import { expect, test } from "vitest";
import { sentence } from "../../src/app/words/faults.ts";
import { words } from "../../src/app/words/words.ts";
import { Decoders } from "../../src/worker/decoders.ts";
import { HeldPixels, type PixelTaker } from "../../src/worker/held-pixels.ts";
import { importFiles } from "../../src/worker/importing.ts";
import { sayingLater } from "../fixtures/saying.ts";

const start = () =>
  new Worker(new URL("../fixtures/hostile/stumbling-decoder.ts", import.meta.url), { type: "module", name: "decoder" });

const PATIENCE_MS = 1000;

async function take(
  decoders: Decoders,
  texts: readonly string[],
  pathOf = (at: number) => `${at} ${texts[at]}.jpg`,
  taker: PixelTaker | null = null,
) {
  const photos: string[] = [];
  const { skipped } = await importFiles(
    decoders,
    texts.map((text, at) => ({ path: pathOf(at), blob: new Blob([text]) })),
    (progress) => photos.push(...progress.photos.map(({ sample }) => sample.photo)),
    new AbortController().signal,
    { taker },
  );
  return { photos, skipped };
}

test.each([
  ["hang", /^Decoding takes more than 1 second\. Open it elsewhere/],
  ["die", /^A decoder stopped unexpectedly .*out of memory.*Open it elsewhere/],
])("a photo that makes decoders %s is named, the others come in, in order", async (text, reason) => {
  const decoders = new Decoders(2, start, PATIENCE_MS);
  const others = Array.from({ length: 20 }, (_, at) => `photo ${at}`);
  const { photos, skipped } = await take(decoders, others.with(4, text));
  expect(photos).toEqual(others.filter((_, at) => at !== 4));
  expect(skipped.map(({ path, fault }) => [path, sentence(words.faults, fault)])).toEqual([
    [`4 ${text}.jpg`, expect.stringMatching(reason)],
  ]);
  expect((await take(decoders, ["after"])).photos).toEqual(["after"]);
});

test("decoders that cannot start are an error, not the fault of every photo", async () => {
  const decoders = new Decoders(2, () => new Worker(new URL("data:text/javascript,throw 1")), PATIENCE_MS);
  expect(await sayingLater(take(decoders, ["a", "b"]))).toMatch(/stopped unexpectedly/);
});

test("decoders that cannot be loaded are told as that, and the next photo starts new ones", async () => {
  const gone = URL.createObjectURL(new Blob([]));
  URL.revokeObjectURL(gone);
  let started = 0;
  const decoders = new Decoders(
    2,
    () => {
      started += 1;
      return started === 1 ? new Worker(gone, { type: "module" }) : start();
    },
    PATIENCE_MS,
  );
  expect(await sayingLater(take(decoders, ["a"]))).toMatch(/^Part of the app could not be loaded: the photo decoder\./);
  expect((await take(decoders, ["b"])).photos).toEqual(["b"]);
  expect(started).toBe(2);
});

test("of more folders than a page can show, the first thousand become classes and the rest is named", async () => {
  const texts = Array.from({ length: 1005 }, (_, at) => `photo ${at}`);
  const { photos, skipped } = await take(new Decoders(2, start, PATIENCE_MS), texts, (at) => `folder ${at}/a.jpg`);
  expect(photos).toEqual(texts.slice(0, 1000));
  expect(skipped.map(({ path }) => path).toSorted()).toEqual([0, 1, 2, 3, 4].map((at) => `folder ${1000 + at}/a.jpg`));
  expect(skipped[0] && sentence(words.faults, skipped[0].fault)).toMatch(/more than 1,000 folders/);
});

test("where memory is small there is one decoder", async () => {
  let started = 0;
  const decoders = new Decoders(1, () => {
    started += 1;
    return start();
  });
  const texts = Array.from({ length: 10 }, (_, at) => `photo ${at}`);
  expect((await take(decoders, texts)).photos).toEqual(texts);
  expect(started).toBe(1);
});

test("pixels of the one decoding are held while there is room, and all photos come in", async () => {
  const held = new HeldPixels(12);
  const preprocessing = { width: 1, height: 1 } as PixelTaker["preprocessing"];
  const texts = Array.from({ length: 10 }, (_, at) => `photo ${at}`);
  const decoders = new Decoders(2, start, PATIENCE_MS);
  const { photos } = await take(decoders, texts, undefined, held.for({ id: "base", preprocessing }));
  expect(photos).toEqual(texts);
  const found = texts.map((text) => held.take("base", text)).filter((pixels) => pixels !== undefined);
  expect(found).toEqual(Array.from({ length: 3 }, () => new Uint8ClampedArray(4).fill("photo 0".length)));
});
