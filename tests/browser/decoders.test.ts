/** Decoders that stumble over a photo: it is named, and all others come in. */
import { expect, test } from "vitest";
import { Decoders } from "../../src/worker/decoders.ts";
import { importFiles } from "../../src/worker/importing.ts";

const start = () =>
  new Worker(new URL("../fixtures/hostile/stumbling-decoder.ts", import.meta.url), { type: "module", name: "decoder" });

const PATIENCE_MS = 1000;

async function take(decoders: Decoders, texts: readonly string[]) {
  const photos: string[] = [];
  const { skipped } = await importFiles(
    decoders,
    texts.map((text, at) => ({ path: `${at} ${text}.jpg`, blob: new Blob([text]) })),
    (progress) => photos.push(...progress.photos.map(({ sample }) => sample.photo)),
    new AbortController().signal,
  );
  return { photos, skipped };
}

test.each([
  ["hang", /^Decoding takes more than 1 seconds\. Open it elsewhere/],
  ["die", /^A decoder stopped unexpectedly .*out of memory.*Open it elsewhere/],
])("a photo that makes decoders %s is named, the others come in, in order", async (text, reason) => {
  const decoders = new Decoders(start, PATIENCE_MS);
  const others = Array.from({ length: 20 }, (_, at) => `photo ${at}`);
  const { photos, skipped } = await take(decoders, others.with(4, text));
  expect(photos).toEqual(others.filter((_, at) => at !== 4));
  expect(skipped).toEqual([{ path: `4 ${text}.jpg`, reason: expect.stringMatching(reason) }]);
  expect((await take(decoders, ["after"])).photos).toEqual(["after"]);
});

test("decoders that cannot start are an error, not the fault of every photo", async () => {
  const decoders = new Decoders(() => new Worker(new URL("data:text/javascript,throw 1")), PATIENCE_MS);
  await expect(take(decoders, ["a", "b"])).rejects.toThrow(/stopped unexpectedly/);
});
