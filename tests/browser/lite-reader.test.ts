/** Classifiers as TensorFlow Lite models, read and run by Google's own LiteRT.js. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { type LiteWeights, writeLite } from "../../src/formats/models/lite/write.ts";
import { knownClassifier } from "../fixtures/classifiers.ts";
import { loadAndCompile, loadLiteRt, Tensor, unloadLiteRt } from "./litert.js";

beforeAll(() => loadLiteRt(new URL("/node_modules/@litertjs/core/wasm/", location.href).href, { threads: false }));
afterAll(unloadLiteRt);

test.each<[LiteWeights, number]>([
  ["float32", 1e-5],
  ["float16", 2e-3],
])("with weights of %s it gives Keras's probabilities", async (weights, most) => {
  for (const name of ["mobilenet-v1-0.25", "mobilenet-v2-0.35"]) {
    const { classifier, photos, probabilities } = knownClassifier(name);
    const { height, width } = classifier.preprocessing;
    const model = await loadAndCompile(writeLite(classifier, weights), { accelerator: "wasm" });
    for (const [at, photo] of photos.entries()) {
      const given = new Tensor(Float32Array.from(photo), [1, height, width, 3]);
      const results = await model.run([given]);
      const found = await results[0]?.data();
      const differences = probabilities[at]?.map((value, row) => Math.abs(value - (found?.[row] ?? Number.NaN))) ?? [];
      expect(differences).toHaveLength(5);
      expect(Math.max(...differences), name).toBeLessThan(most);
      for (const tensor of [given, ...results]) tensor.delete();
    }
    model.delete();
  }
});
