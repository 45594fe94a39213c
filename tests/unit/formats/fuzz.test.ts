/** Every door takes anything: what comes out is a result or a FormatError with a reason, nothing else, and it comes to an end. */
import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { sentenceOf } from "../../../src/app/words/words.ts";
import { createRandom } from "../../../src/dataset/random.ts";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { FormatError } from "../../../src/formats/errors.ts";
import { checkPhoto } from "../../../src/formats/images/header.ts";
import { type GivenFile, readModelFiles } from "../../../src/formats/models/model-files.ts";
import { writeTeachableMachine } from "../../../src/formats/models/teachable-machine.ts";
import { writeTfjsClassifier } from "../../../src/formats/models/tfjs-classifier.ts";
import { smallClassifier, smallGraphModel } from "../../fixtures/hostile/models.ts";
import { damagedBytes, damagedJson } from "../../fixtures/hostile/mutate.ts";
import { HOSTILE_ZIPS, SOUND_PHOTOS } from "../../fixtures/hostile.ts";

/** @returns whether it was read */
async function attempt(read: () => unknown, clue: string): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    expect(error, `${clue}: ${error instanceof Error ? error.stack : error}`).toBeInstanceOf(FormatError);
    expect(sentenceOf(error), clue).toMatch(/\S.*[.?]$/s);
    return false;
  }
}

const text = new TextEncoder();
const parsed = (file: GivenFile): unknown => JSON.parse(new TextDecoder().decode(file.bytes));
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));

const CLASSIFIER = smallClassifier();
const MODELS: readonly (readonly [string, readonly GivenFile[]])[] = [
  ["a classifier of this app", writeTfjsClassifier(CLASSIFIER)],
  ["a Teachable Machine export", writeTeachableMachine(CLASSIFIER)],
  ["a layers-model", writeTeachableMachine(CLASSIFIER).filter(({ path }) => path !== "metadata.json")],
  ["a graph-model", smallGraphModel()],
];

/** A busy machine takes its time. */
vi.setConfig({ testTimeout: 120_000 });

describe.each(MODELS)("%s", (_, files) => {
  test("is read as it is", async () => {
    expect(await attempt(() => readModelFiles(files), "undamaged")).toBe(true);
  });

  test("with damaged descriptions", async () => {
    const random = createRandom(1);
    const jsons = files.filter(({ path }) => path.endsWith(".json"));
    for (let round = 0; round < 300; round++) {
      const target = jsons[round % jsons.length];
      const damaged = files.map((file) =>
        file === target ? { path: file.path, bytes: text.encode(damagedJson(parsed(file), random)) } : file,
      );
      await attempt(() => readModelFiles(damaged), `round ${round}`);
    }
  });

  test("with damaged bytes", async () => {
    const random = createRandom(2);
    for (let round = 0; round < 200; round++) {
      const damaged = files.map(({ path, bytes }) => ({
        path,
        bytes: random() < 0.5 ? bytes : damagedBytes(bytes, random),
      }));
      await attempt(() => readModelFiles(damaged), `round ${round}`);
    }
  });
});

describe("Keras files", () => {
  test("damaged .h5", async () => {
    const random = createRandom(3);
    const original = fixture("tiny.h5");
    for (let round = 0; round < 300; round++) {
      // Most of the file is weights; its first bytes are structure.
      const bytes = round % 2 ? damagedBytes(original, random) : damagedHead(original, random);
      await attempt(() => readModelFiles([{ path: "tiny.h5", bytes }]), `round ${round}`);
    }
  });

  test("damaged .keras", async () => {
    const random = createRandom(4);
    const entries = await readZip(new Blob([fixture("tiny.keras")]), "tiny.keras");
    const files = await Promise.all(
      entries.map(async ({ path, blob }) => ({ path, bytes: new Uint8Array(await (await blob()).arrayBuffer()) })),
    );
    for (let round = 0; round < 200; round++) {
      const damaged = files.map(({ path, bytes }) => ({
        path,
        bytes: path.endsWith(".json")
          ? text.encode(damagedJson(JSON.parse(new TextDecoder().decode(bytes)), random))
          : random() < 0.5
            ? bytes
            : damagedHead(bytes, random),
      }));
      await attempt(() => readModelFiles(damaged), `round ${round}`);
    }
  });
});

function damagedHead(bytes: Uint8Array, random: () => number): Uint8Array {
  const head = damagedBytes(bytes.subarray(0, 8192), random);
  const whole = new Uint8Array(head.length + bytes.length - 8192);
  whole.set(head);
  whole.set(bytes.subarray(8192), head.length);
  return whole;
}

test("damaged zips, read to the last file", async () => {
  const random = createRandom(5);
  const titles = /64-bit|end record|behind the data|one class|one name|a zip in a zip/;
  const zips = await Promise.all(HOSTILE_ZIPS.filter(({ title }) => titles.test(title)).map(({ make }) => make()));
  expect(zips.length).toBeGreaterThanOrEqual(6);
  for (let round = 0; round < 600; round++) {
    const zip = new Blob([damagedBytes(zips[round % zips.length] ?? new Uint8Array(), random)]);
    let entries: Awaited<ReturnType<typeof readZip>> = [];
    await attempt(async () => {
      entries = await readZip(zip, "fuzz.zip");
    }, `round ${round}`);
    for (const entry of entries) await attempt(() => entry.blob(), `round ${round}, ${entry.path}`);
  }
});

test("damaged image headers", async () => {
  const random = createRandom(6);
  const small = SOUND_PHOTOS.filter(({ title }) => !/64 MB|2 MB|3 MB|20,000|50,000/.test(title));
  const images = await Promise.all(small.map(({ make }) => make()));
  for (let round = 0; round < 3000; round++) {
    const image = images[round % images.length] ?? new Uint8Array();
    // The header is what is looked at.
    const bytes = damagedBytes(image.subarray(0, random() < 0.5 ? 120 : image.length), random);
    await attempt(() => checkPhoto(bytes), `round ${round}`);
  }
});
