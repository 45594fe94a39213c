/** The worker's side of quick guesses: what is embedded when, and what is said of photos and frames. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BaseModel } from "../../src/network/model.ts";
import { type Database, openDatabase } from "../../src/storage/database.ts";
import { listBlocks } from "../../src/storage/embeddings.ts";
import { DEFAULT_SETTINGS } from "../../src/training/settings.ts";
import { EmbeddingTables } from "../../src/worker/embedding-tables.ts";
import { HeldPixels } from "../../src/worker/held-pixels.ts";
import type { QuickStep } from "../../src/worker/protocol/index.ts";
import { QuickAnswers } from "../../src/worker/quick-answers.ts";

let database: Database;
let name: string;
beforeEach(async () => {
  name = `test-${Math.random()}`;
  database = await openDatabase(name);
});
afterEach(() => {
  database.close();
  indexedDB.deleteDatabase(name);
});

/** A photo named “red 3” is red; one named “bad” cannot be read. */
const COLOURS = new Map([
  ["red", [200, 30, 20]],
  ["blue", [10, 40, 220]],
]);
function pixelsOf(photo: string): Uint8ClampedArray {
  const [colour = "", number = "0"] = photo.split(" ");
  const [red = 0, green = 0, blue = 0] = COLOURS.get(colour) ?? [];
  return new Uint8ClampedArray([red, green + 3 * Number(number), blue, 255]);
}

/** One pixel is decoded, and is its own embedding. */
function worker() {
  const batches: number[] = [];
  const embedder = {
    ...{ size: 3, batchSize: 16 },
    async embed(photos: readonly Uint8ClampedArray[]) {
      batches.push(photos.length);
      return photos.map((rgba) => Float32Array.from(rgba.subarray(0, 3)));
    },
  };
  const decoder = {
    read: async (photo: string) =>
      photo.startsWith("bad")
        ? { ok: false, fault: { code: "photo/undecodable" } }
        : { ok: true, value: [pixelsOf(photo)] },
  };
  const base = { card: { id: "base", preprocessing: { height: 1, width: 1, crop: "center" } } } as unknown as BaseModel;
  const rooms = {
    database: async () => database,
    device: {
      status: async () => ({ backend: "wasm" }),
      betweenSteps: (_: unknown, __: unknown, work: (given: typeof embedder) => unknown) => work(embedder),
    },
    decoders: { run: (work: (given: typeof decoder, job: number) => unknown) => work(decoder, 1) },
    tables: new EmbeddingTables(),
    held: new HeldPixels(0),
    baseModels: { load: async () => base },
  };
  const quick = new QuickAnswers(rooms as unknown as ConstructorParameters<typeof QuickAnswers>[0]);
  const learn = (photos: Readonly<Record<string, string>>, about: string | null = null) => {
    const list = Object.entries(photos).map(([photo, classId]) => ({ photo, classId }));
    const request = { learn: list, about, baseModelId: "base", settings: DEFAULT_SETTINGS };
    return quick.learn(request, new AbortController().signal);
  };
  return { quick, learn, batches };
}

const photos = (count: number, classes: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => at).flatMap((at) =>
      Object.entries(classes).map(([colour, classId]) => [`${colour} ${at}`, classId]),
    ),
  );
const RIGHT = { red: "warm", blue: "cold" };

function best(answer: QuickStep["about"]): string | undefined {
  const probabilities = answer?.probabilities ?? [];
  return answer?.classIds[probabilities.indexOf(Math.max(...probabilities))];
}

test("photos are embedded a few at a time, and once; there is an answer as soon as there are enough", async () => {
  const { learn, batches } = worker();
  const twenty = photos(10, RIGHT);
  const steps = [await learn(twenty), await learn(twenty), await learn(twenty), await learn(twenty)];
  expect(steps.map(({ left }) => left)).toEqual([12, 4, 0, 0]);
  expect(batches).toEqual([8, 8, 4]);
  expect(steps.map(({ embedded }) => embedded.photos)).toEqual(batches.concat(0));
  expect(steps.map(({ answers }) => answers)).toEqual([true, true, true, true]);
  const kept = await listBlocks(database, { base: "base", features: "average" });
  expect(kept.flatMap(({ rows }) => rows.photos).length).toBe(20);
});

test("what another session embedded is read from storage", async () => {
  await worker().learn(photos(4, RIGHT));
  const { learn, batches } = worker();
  expect(await learn(photos(4, RIGHT))).toMatchObject({ left: 0, answers: true });
  expect(batches).toEqual([]);
});

test("with fewer than two classes of three photos that can be read, there is no answer", async () => {
  const { learn, quick } = worker();
  const two = { ...photos(2, RIGHT), "red 7": "warm", "bad 1": "cold", "bad 2": "cold" };
  expect(await learn(two, "red 7")).toMatchObject({ left: 0, answers: false, about: null });
  expect(await quick.guessPhoto("red 7")).toBeNull();
});

test("other labels give other answers", async () => {
  const { learn, quick } = worker();
  await learn(photos(4, RIGHT));
  expect(best(await quick.guessPhoto("red 20"))).toBe("warm");
  await learn(photos(4, { red: "cold", blue: "warm" }));
  expect(best(await quick.guessPhoto("red 20"))).toBe("cold");
});

test("a photo that was learned from is answered as if it had not been", async () => {
  const { learn } = worker();
  // A blue photo that was put among the warm ones: the others say what it is.
  const wrong = { ...photos(4, RIGHT), "blue 9": "warm" };
  await learn(wrong);
  expect(best((await learn(wrong, "blue 9")).about)).toBe("cold");
});

test("the photo asked about comes first, whether or not it is learned from", async () => {
  const { learn, batches } = worker();
  const first = await learn(photos(10, RIGHT), "blue 30");
  expect(batches).toEqual([8]);
  expect(best(first.about)).toBe("cold");
});

test("a frame is answered by the head of the moment, and let go of; without a head it is not looked at", async () => {
  const { learn, quick, batches } = worker();
  const frame = async () => createImageBitmap(new ImageData(pixelsOf("red 2") as ImageDataArray, 1, 1));
  const before = await frame();
  expect(await quick.guessFrame(before, false)).toBeNull();
  expect([before.width, batches]).toEqual([0, []]);
  await learn(photos(4, RIGHT));
  const after = await frame();
  expect(best(await quick.guessFrame(after, false))).toBe("warm");
  expect(after.width).toBe(0);
});

test("another project's photos are forgotten", async () => {
  const { learn, quick } = worker();
  await learn(photos(4, RIGHT));
  quick.forget();
  expect(await quick.guessPhoto("red 0")).toBeNull();
});
