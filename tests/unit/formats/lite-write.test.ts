/** Classifiers as TensorFlow Lite models, read back here, and by TensorFlow Lite itself where Python has it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { FormatError } from "../../../src/formats/errors.ts";
import { halfBytes } from "../../../src/formats/models/lite/half.ts";
import { type LiteWeights, writeLite } from "../../../src/formats/models/lite/write.ts";
import { readModelFiles } from "../../../src/formats/models/model-files.ts";
import type { Classifier } from "../../../src/network/model.ts";
import { KNOWN_CLASSIFIERS, knownClassifier } from "../../fixtures/classifiers.ts";
import { damagedBytes } from "../../fixtures/hostile/mutate.ts";
import { uniform } from "../../fixtures/rule.ts";
import { difference, run } from "./models.ts";

const WEIGHTS: readonly LiteWeights[] = ["float32", "float16"];
/** Of probabilities. */
const MOST = { float32: 1e-5, float16: 2e-3 };

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));

beforeAll(() => tf.setBackend("cpu"));

function open(bytes: Uint8Array): Classifier {
  const model = readModelFiles([{ path: "model.tflite", bytes }]);
  if (model.kind !== "classifier") throw new Error("It is no classifier.");
  return model.classifier;
}

function answerOf({ network }: Classifier, photo: Uint8Array): number[] {
  return run(network, tf.tensor(Float32Array.from(photo), [1, ...network.input.shape]));
}

interface Case {
  readonly name: string;
  readonly classifier: Classifier;
  readonly photos: readonly Uint8Array[];
  readonly answers: readonly (readonly number[])[];
  /** The largest difference that 32-bit weights may make. */
  readonly most: number;
}

/** Layers of all kinds, with Keras's answer to one photo. */
function manyLayers(file: string, name: string): Case {
  const model = readModelFiles([{ path: file, bytes: fixture(file) }]);
  if (model.kind !== "network") throw new Error("It is no classifier with names.");
  const { network, preprocessing } = model;
  const answers = JSON.parse(new TextDecoder().decode(fixture("many-layers.json"))) as Record<string, number[]>;
  const { height, width } = preprocessing;
  const photo = Uint8Array.from(uniform("pixels", height * width * 3), (u) => Math.floor(256 * u));
  const classifier: Classifier = { name, classNames: ["a", "b", "c"], preprocessing, network };
  // Of answers of up to 5.
  return { name, classifier, photos: [photo], answers: [answers[name] ?? []], most: 1e-4 };
}

function known(name: string): Case {
  const { classifier, photos, probabilities } = knownClassifier(name);
  return { name, classifier, photos, answers: probabilities, most: MOST.float32 };
}

const MANY_LAYERS = [
  () => manyLayers("many-layers.h5", "many-layers"),
  () => manyLayers("many-layers-keras-2.h5", "many-layers-keras-2"),
];

describe("opened again", () => {
  test.each(WEIGHTS)("with %s it is the classifier that it was, and gives Keras's probabilities", (weights) => {
    const { classifier, photos, answers } = known("mobilenet-v1-0.25");
    const { name, classNames, preprocessing, ...rest } = open(writeLite(classifier, weights));
    expect([name, classNames]).toEqual([classifier.name, classifier.classNames]);
    expect(preprocessing).toMatchObject({ crop: "squash", channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0] });
    const answer = answerOf({ name, classNames, preprocessing, ...rest }, photos[0] ?? new Uint8Array());
    expect(difference(answer, answers[0] ?? [])).toBeLessThan(MOST[weights]);
  });

  test.each(MANY_LAYERS)("layers of many kinds give Keras's answer", (make) => {
    const { classifier, photos, answers, most } = make();
    const answer = answerOf(open(writeLite(classifier, "float32")), photos[0] ?? new Uint8Array());
    expect(difference(answer, answers[0] ?? [])).toBeLessThan(most);
  });

  test("channels come in the order that the classifier was trained with", () => {
    const { classifier, photos, answers } = known("mobilenet-v1-0.25");
    const blueFirst: Classifier = {
      ...classifier,
      preprocessing: { ...classifier.preprocessing, channelOrder: "BGR" },
    };
    const photo = (photos[0] ?? new Uint8Array()).map((_, at, all) => all[at - (at % 3) + 2 - (at % 3)] ?? 0);
    expect(difference(answerOf(open(writeLite(blueFirst, "float32")), photo), answers[0] ?? [])).toBeLessThan(1e-5);
  });

  test("damaged bytes give an error each time, or another model", () => {
    const bytes = writeLite(manyLayers("many-layers.h5", "many-layers").classifier, "float32");
    const random = createRandom(11);
    for (let round = 0; round < 150; round++) {
      const damaged = damagedBytes(bytes, random);
      damaged.set([0x54, 0x46, 0x4c, 0x33], 4);
      try {
        readModelFiles([{ path: "fuzz.tflite", bytes: damaged }]);
      } catch (error) {
        expect(error, `round ${round}: ${error instanceof Error ? error.stack : error}`).toBeInstanceOf(FormatError);
      }
    }
  });
});

/** What the script says of a model. */
interface Read {
  readonly answers: number[][];
  readonly labels: string[];
  /** Of the first photo; null where MediaPipe is missing. */
  readonly mediaPipe: Readonly<Record<string, number>> | null;
}

/** Milliseconds; it is large networks that are built and written, and not in every run of the tests. */
const LONG = 600_000;

describe("TensorFlow Lite's own interpreter", () => {
  const script = fileURLToPath(new URL("../../readers/lite_probabilities.py", import.meta.url));
  const python = process.env.HEADSTART_PYTHON ?? "python3";
  const folder = mkdtempSync(join(tmpdir(), "headstart-lite-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("gives Keras's answers, as MediaPipe does, for each family, all kinds of layers and weights", {
    timeout: LONG,
  }, (context) => {
    const { error, status: missing, stderr: said } = spawnSync(python, [script, folder], { encoding: "utf8" });
    if (error) console.warn(`SKIPPED: TensorFlow Lite's interpreter reads nothing: there is no ${python}.`);
    if (said?.includes("SKIPPED")) console.warn(said);
    if (error || missing === 3) context.skip();
    const cases = [...KNOWN_CLASSIFIERS.map((name) => known(name)), ...MANY_LAYERS.map((make) => make())];
    for (const { name, classifier, photos } of cases) {
      for (const weights of WEIGHTS) {
        writeFileSync(join(folder, `${name} ${weights}.tflite`), writeLite(classifier, weights));
        writeFileSync(join(folder, `${name} ${weights}.bytes`), Buffer.concat(photos));
      }
    }
    const { status, stdout, stderr } = spawnSync(python, [script, folder], { encoding: "utf8" });
    expect(status, stderr).toBe(0);
    const read = JSON.parse(stdout) as Record<string, Read>;
    for (const { name, classifier, answers, most } of cases) {
      for (const weights of WEIGHTS) {
        const found = read[`${name} ${weights}`];
        expect(found?.labels).toEqual(classifier.classNames);
        const differences = answers.map((row, at) => difference(row, found?.answers[at] ?? []));
        const mostHere = weights === "float32" ? most : MOST.float16;
        expect(Math.max(...differences), `${name} ${weights}`).toBeLessThan(mostHere);
        if (!found?.mediaPipe) continue;
        const scores = classifier.classNames.map((label) => found.mediaPipe?.[label] ?? Number.NaN);
        expect(difference(answers[0] ?? [], scores), `${name} ${weights}, by MediaPipe`).toBeLessThan(mostHere);
      }
    }
  });
});

test("numbers of 16 bits are the nearest, and the even one between two", () => {
  const values = [1, -2, 65504, 1 / 3, 2 ** -24, 2 ** -25, 3 * 2 ** -25, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 0.99999, 0];
  const bits = [0x3c00, 0xc000, 0x7bff, 0x3555, 1, 0, 2, 0x3c00, 0x3c02, 0x3c00, 0];
  expect([...new Uint16Array(halfBytes(Float32Array.from(values)).buffer)]).toEqual(bits);
});
