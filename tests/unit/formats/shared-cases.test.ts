/** Model files from public bug reports, which are not part of the repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { type GivenFile, type ModelFile, readModelFiles } from "../../../src/formats/models/model-files.ts";
import { cutTop } from "../../../src/network/cut.ts";
import { inferShapes } from "../../../src/network/shapes.ts";
import { saying } from "../../fixtures/saying.ts";
import { difference, run, somePhotos } from "./models.ts";

const CASES = resolve(fileURLToPath(new URL("../../../..", import.meta.url)), "shared", "cases");
const isHere = existsSync(CASES);
if (!isHere)
  console.warn("SKIPPED: the tests on model files from bug reports need ../shared/cases, which is not here.");

function filesOf(...path: string[]): GivenFile[] {
  const folder = join(CASES, ...path);
  return readdirSync(folder).map((name) => ({ path: name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

function weightsOf(name: string): Float32Array {
  return new Float32Array(new Uint8Array(readFileSync(join(CASES, name, "weights.bin"))).buffer);
}

function read(files: readonly GivenFile[]): Extract<ModelFile, { kind: "network" }> {
  const model = readModelFiles(files);
  if (model.kind !== "network") throw new Error("It is no classifier with names.");
  return model;
}

describe.skipIf(!isHere)("a case of ../shared", () => {
  beforeAll(() => tf.setBackend("cpu"));

  test("names filled up with NUL are read as those of variable length", () => {
    const files = filesOf("keras-h5-padded-names").filter(({ path }) => path.endsWith(".h5"));
    const [padded, plain] = ["model.h5", "same-with-variable-length-names.h5"].map((name) =>
      read(files.filter(({ path }) => path === name)),
    ) as [ReturnType<typeof read>, ReturnType<typeof read>];
    expect(padded.preprocessing).toEqual(plain.preprocessing);
    const photos = somePhotos(plain.network);
    expect(run(padded.network, photos)).toEqual(run(plain.network, photos));
  });

  test.each([
    ["keras-training-only-layers", (pixel: number) => pixel / 127.5 - 1],
    ["keras-op-layers", (pixel: number) => pixel / 127.5 - 1],
  ])("%s becomes a base model that is fed 0..255", (name, scaled) => {
    const { network, preprocessing } = read(filesOf(name));
    expect(preprocessing).toMatchObject({ height: 48, width: 48, scale: [1, 1, 1], offset: [0, 0, 0] });
    const base = cutTop(network);
    expect(inferShapes(base).get(base.output)).toEqual([24, 24, 8]);
    const weights = weightsOf(name);
    const pixels = tf.floor(tf.randomUniform([1, 48, 48, 3], 0, 256, "float32", 3)) as tf.Tensor4D;
    const input = tf.tensor4d(Float32Array.from(pixels.dataSync(), scaled), [1, 48, 48, 3]);
    const kernel = tf.tensor4d(weights.slice(0, 216), [3, 3, 3, 8]);
    const expected = tf.relu(tf.add(tf.conv2d(input, kernel, 2, "same"), tf.tensor1d(weights.slice(216, 224))));
    expect(difference(run(base, pixels), expected.dataSync())).toBeLessThan(1e-4);
  });

  test("keras-more-layers normalises each channel, and keeps three tenths of what is below zero", () => {
    const { network, preprocessing } = read(filesOf("keras-more-layers"));
    expect(preprocessing).toMatchObject({ scale: [1, 1, 1], offset: [0, 0, 0] });
    const weights = weightsOf("keras-more-layers");
    const pixels = tf.floor(tf.randomUniform([1, 48, 48, 3], 0, 256, "float32", 3)) as tf.Tensor4D;
    const input = tf.div(tf.sub(pixels, weights.slice(0, 3)), tf.sqrt(weights.slice(3, 6))) as tf.Tensor4D;
    const kernel = tf.tensor4d(weights.slice(7, 223), [3, 3, 3, 8]);
    const linear = tf.add(tf.conv2d(input, kernel, 2, "same"), tf.tensor1d(weights.slice(223, 231)));
    const expected = tf.maximum(linear, tf.mul(linear, 0.3));
    expect(difference(run(cutTop(network), pixels), expected.dataSync())).toBeLessThan(1e-4);
  });

  test("tm-pose-and-sound is refused as what it is", () => {
    expect(saying(() => readModelFiles(filesOf("tm-pose-and-sound", "pose")))).toMatch(
      /a Teachable Machine pose model: it takes body positions, not photos/,
    );
  });
});
