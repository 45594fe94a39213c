/** TensorFlow Lite models, against what TensorFlow Lite says that they give (see make_tflite_fixtures.py). */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { FormatError } from "../../../src/formats/errors.ts";
import { readModelFiles } from "../../../src/formats/models/model-files.ts";
import { writeLayersModel } from "../../../src/formats/models/tfjs-layers-write.ts";
import { optimiseForInference } from "../../../src/network/optimise.ts";
import { damagedBytes } from "../../fixtures/hostile/mutate.ts";
import { saying } from "../../fixtures/saying.ts";
import { difference, load, run } from "./models.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/tflite${name}`, import.meta.url)));
const answers = JSON.parse(new TextDecoder().decode(fixture("-answers.json"))) as Record<
  string,
  { readonly pixels: number[]; readonly answer: number[] }
>;

function read(bytes: Uint8Array) {
  const model = readModelFiles([{ path: "model.tflite", bytes }]);
  if (model.kind !== "network") throw new Error("It is no classifier with names.");
  return model;
}

beforeAll(() => tf.setBackend("cpu"));

test.each(["plain", "mobile", "weights-half"])("%s gives TensorFlow Lite's answer, folded and fused too", (name) => {
  const { network } = read(fixture(`/${name}.tflite`));
  const { pixels = [], answer = [] } = answers[name] ?? {};
  const photo = tf.tensor(pixels, [1, ...network.input.shape]);
  expect(answer.length).toBeGreaterThan(3);
  for (const form of [network, optimiseForInference(network)]) {
    expect(difference(run(form, photo), answer)).toBeLessThan(1e-4);
  }
});

test.each(["plain", "mobile"])("%s exported gives it in TensorFlow.js too", async (name) => {
  const { network } = read(fixture(`/${name}.tflite`));
  const { modelJson, weights } = writeLayersModel(optimiseForInference(network));
  const json: unknown = JSON.parse(JSON.stringify(modelJson));
  const theirs = (await load(json, weights)).predict(
    tf.tensor(answers[name]?.pixels ?? [], [1, ...network.input.shape]),
  ) as tf.Tensor;
  expect(difference([...theirs.dataSync()], answers[name]?.answer ?? [])).toBeLessThan(1e-4);
});

test("it is fed as what scales its input says, and −1..1 where nothing does", () => {
  expect(read(fixture("/plain.tflite")).preprocessing).toMatchObject({
    height: 21,
    width: 26,
    scale: [1, 1, 1],
    offset: [0, 0, 0],
  });
  expect(read(fixture("/mobile.tflite")).preprocessing).toMatchObject({ height: 18, width: 20, offset: [-1, -1, -1] });
  expect([read(fixture("/plain.tflite")).guessed, read(fixture("/mobile.tflite")).guessed]).toEqual([false, true]);
});

describe("what cannot be read", () => {
  const saidOf = (bytes: Uint8Array) => saying(() => read(bytes));

  test("weights of whole numbers, with the file", () => {
    expect(saidOf(fixture("/whole-numbers.tflite"))).toMatch(/model\.tflite: “.+” holds numbers of type 9, not 32-bit/);
  });

  test("a file that was cut short", () => {
    const bytes = fixture("/plain.tflite");
    expect(saidOf(bytes.slice(0, 2000))).toMatch(/damaged at byte|reaches beyond the end/);
  });

  test("damaged bytes give an error each time, or another network", () => {
    const random = createRandom(7);
    for (let round = 0; round < 400; round++) {
      const bytes = damagedBytes(fixture(`/${["plain", "mobile", "weights-half"][round % 3]}.tflite`), random);
      try {
        // Its signature may be what is damaged.
        bytes.set([0x54, 0x46, 0x4c, 0x33], 4);
        readModelFiles([{ path: "fuzz.tflite", bytes }]);
      } catch (error) {
        expect(error, `round ${round}: ${error instanceof Error ? error.stack : error}`).toBeInstanceOf(FormatError);
      }
    }
  });
});
