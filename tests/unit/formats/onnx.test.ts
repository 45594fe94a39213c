/** ONNX models, against what onnxruntime says that they give (see make_onnx_fixtures.py). */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { FormatError } from "../../../src/formats/errors.ts";
import { readModelFiles } from "../../../src/formats/models/model-files.ts";
import { writeLayersModel } from "../../../src/formats/models/tfjs-layers-write.ts";
import type { Network } from "../../../src/network/network.ts";
import { optimiseForInference } from "../../../src/network/optimise.ts";
import { damagedBytes } from "../../fixtures/hostile/mutate.ts";
import { saying } from "../../fixtures/saying.ts";
import { difference, load, run } from "./models.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/onnx${name}`, import.meta.url)));
const answers = JSON.parse(new TextDecoder().decode(fixture("-answers.json"))) as Record<
  string,
  { readonly pixels: number[]; readonly answer: number[] }
>;

function read(name: string) {
  const model = readModelFiles([{ path: `${name}.onnx`, bytes: fixture(`/${name}.onnx`) }]);
  if (model.kind !== "network") throw new Error("It is no classifier with names.");
  return model;
}

function photo({ input }: Network, name: string): tf.Tensor {
  return tf.tensor(answers[name]?.pixels ?? [], [1, ...input.shape]);
}

beforeAll(() => tf.setBackend("cpu"));

test.each(["residual", "mobile", "keras"])("%s gives onnxruntime's answer, folded and fused too", (name) => {
  const { network } = read(name);
  const answer = answers[name]?.answer ?? [];
  expect(answer.length).toBeGreaterThan(2);
  for (const form of [network, optimiseForInference(network)]) {
    expect(difference(run(form, photo(network, name)), answer)).toBeLessThan(1e-4);
  }
});

test.each(["residual", "mobile", "keras"])("%s exported gives it in TensorFlow.js too", async (name) => {
  const { network } = read(name);
  const { modelJson, weights } = writeLayersModel(optimiseForInference(network));
  const json: unknown = JSON.parse(JSON.stringify(modelJson));
  const theirs = (await load(json, weights)).predict(photo(network, name)) as tf.Tensor;
  expect(difference([...theirs.dataSync()], answers[name]?.answer ?? [])).toBeLessThan(1e-4);
});

test("with the channels first it is fed as PyTorch's networks are, and where it scales its input by that", () => {
  expect(read("residual").preprocessing).toMatchObject({ height: 26, width: 30, channelOrder: "RGB" });
  expect(read("residual").preprocessing.offset[0]).toBeCloseTo(-0.485 / 0.229);
  // It takes 0..1 to -1..1 by itself.
  expect(read("keras").preprocessing).toMatchObject({ height: 18, width: 22, offset: [0, 0, 0] });
  expect(read("keras").preprocessing.scale[0]).toBeCloseTo(1 / 255);
  expect([read("residual").guessed, read("keras").guessed]).toEqual([true, false]);
});

describe("what cannot be read", () => {
  /** The model with one text in the place of another as long. */
  const changed = (name: string, from: string, to: string): Uint8Array => {
    const latin = Buffer.from(fixture(`/${name}.onnx`)).toString("latin1");
    expect(latin).toContain(from);
    return new Uint8Array(Buffer.from(latin.replace(from, to), "latin1"));
  };
  const saidOf = (bytes: Uint8Array) => saying(() => readModelFiles([{ path: "model.onnx", bytes }]));

  test("an unknown operation is named, with the file", () => {
    expect(saidOf(changed("residual", "LeakyRelu", "LeakyMish"))).toMatch(
      /model\.onnx: Node “r3” \(LeakyMish\) is an operation that Headstart does not know/,
    );
  });

  test("a form of an operation that is not read is named", () => {
    expect(saidOf(changed("mobile", "SAME_LOWER", "SAME_INNER"))).toMatch(/“r1” \(Conv\) has a form .*: SAME_INNER/);
    expect(saidOf(changed("mobile", "group", "grump"))).toMatch(/“r3” \(Conv2D\) does not fit/);
  });

  test("a file that was cut short", () => {
    const bytes = fixture("/residual.onnx");
    expect(saidOf(bytes.slice(0, bytes.length / 2))).toMatch(/damaged at byte/);
  });

  test("damaged bytes give an error each time, or another network", () => {
    const random = createRandom(6);
    for (let round = 0; round < 400; round++) {
      const name = ["residual", "mobile", "keras"][round % 3] ?? "";
      const bytes = damagedBytes(fixture(`/${name}.onnx`), random);
      try {
        readModelFiles([{ path: "fuzz.onnx", bytes }]);
      } catch (error) {
        expect(error, `round ${round}: ${error instanceof Error ? error.stack : error}`).toBeInstanceOf(FormatError);
      }
    }
  });
});
