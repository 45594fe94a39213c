import type * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { readLayersModel } from "../../../src/formats/models/tfjs-layers.ts";
import { writeLayersModel } from "../../../src/formats/models/tfjs-layers-write.ts";
import { optimiseForInference } from "../../../src/network/optimise.ts";
import { saying } from "../../fixtures/saying.ts";
import {
  difference,
  load,
  randomise,
  run,
  type SavedModel,
  save,
  somePhotos,
  tinyMobileNet,
  tinyTeachableMachine,
} from "./models.ts";

const MODELS = { "a functional model": tinyMobileNet, "nested sequential models": tinyTeachableMachine };

describe.each(Object.entries(MODELS))("%s", (_, make) => {
  let model: tf.LayersModel;
  let saved: SavedModel;
  beforeAll(async () => {
    model = randomise(make());
    saved = await save(model);
  });

  test("gives TensorFlow.js's numbers when read", () => {
    const network = readLayersModel(saved.modelJson, saved.weights);
    const input = somePhotos(network);
    const expected = (model.predict(input) as tf.Tensor).dataSync();
    expect(difference(run(network, input), expected)).toBeLessThan(1e-5);
  });

  test("gives the same numbers folded and fused, in fewer nodes", () => {
    const network = readLayersModel(saved.modelJson, saved.weights);
    const optimised = optimiseForInference(network);
    const input = somePhotos(network);
    expect(optimised.nodes.length).toBeLessThan(network.nodes.length);
    expect(optimised.nodes.some(({ op }) => op === "FusedBatchNormV3" || op === "Relu6" || op === "Dropout")).toBe(
      false,
    );
    expect(difference(run(optimised, input), (model.predict(input) as tf.Tensor).dataSync())).toBeLessThan(1e-5);
  });

  test.each(["as it is", "optimised"])("loads in TensorFlow.js when written again, %s", async (how) => {
    const network = readLayersModel(saved.modelJson, saved.weights);
    const written = writeLayersModel(how === "optimised" ? optimiseForInference(network) : network);
    const reloaded = await load(JSON.parse(JSON.stringify(written.modelJson)), written.weights);
    const input = somePhotos(network);
    const actual = Array.from((reloaded.predict(input) as tf.Tensor).dataSync());
    expect(difference(actual, (model.predict(input) as tf.Tensor).dataSync())).toBeLessThan(1e-5);
  });
});

describe("what cannot be read", () => {
  let saved: SavedModel;
  beforeAll(async () => {
    saved = await save(randomise(tinyMobileNet()));
  });
  const withText = (from: string, to: string) => JSON.parse(JSON.stringify(saved.modelJson).replace(from, to));

  test("an unknown layer is named", () => {
    const json = withText('"class_name":"MaxPooling2D"', '"class_name":"Lambda"');
    expect(saying(() => readLayersModel(json, saved.weights))).toMatch(/Layer “max_pool” is a Lambda/);
  });

  test("an option that changes the numbers is named", () => {
    const json = withText('"data_format":"channels_last"', '"data_format":"channels_first"');
    expect(saying(() => readLayersModel(json, saved.weights))).toMatch(/data_format/);
  });

  test("a truncated weight file says at which weight it ends", () => {
    expect(saying(() => readLayersModel(saved.modelJson, saved.weights.slice(0, -4)))).toMatch(
      /within “.*project_bn.*moving_variance”/,
    );
  });

  test("bytes left over say that the files do not belong together", () => {
    expect(saying(() => readLayersModel(saved.modelJson, new Uint8Array(saved.weights.length + 8)))).toMatch(
      /8 bytes more/,
    );
  });

  test("something else is refused", () => {
    expect(saying(() => readLayersModel({ hello: 1 }, new Uint8Array()))).toMatch(/not a layers-model/);
  });
});
