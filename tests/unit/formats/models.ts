/** Small models that TensorFlow.js itself builds and runs: the independent source of the readers' and writers' numbers. */
import * as tf from "@tensorflow/tfjs";
import { DeviceNetwork } from "../../../src/engine/device-network.ts";
import type { Network } from "../../../src/network/network.ts";

export interface SavedModel {
  readonly modelJson: Record<string, unknown>;
  readonly weights: Uint8Array;
}

/** Every layer that a MobileNet has, with statistics that are not trivial. */
export function tinyMobileNet(): tf.LayersModel {
  const input = tf.input({ shape: [9, 8, 3], name: "photo" });
  let x = tf.layers
    .zeroPadding2d({
      padding: [
        [0, 1],
        [1, 1],
      ],
      name: "pad",
    })
    .apply(input) as tf.SymbolicTensor;
  const apply = (layer: tf.layers.Layer) => {
    x = layer.apply(x) as tf.SymbolicTensor;
  };
  apply(tf.layers.conv2d({ filters: 6, kernelSize: 3, strides: 2, useBias: false, name: "conv" }));
  apply(tf.layers.batchNormalization({ name: "conv_bn" }));
  apply(tf.layers.reLU({ maxValue: 6, name: "conv_relu" }));
  const shortcut = x;
  apply(tf.layers.depthwiseConv2d({ kernelSize: 3, padding: "same", useBias: false, name: "depthwise" }));
  apply(tf.layers.batchNormalization({ name: "depthwise_bn", scale: false }));
  apply(tf.layers.activation({ activation: "relu6" as "relu", name: "depthwise_relu" }));
  apply(tf.layers.conv2d({ filters: 6, kernelSize: 1, name: "project" }));
  apply(tf.layers.batchNormalization({ name: "project_bn", epsilon: 0.01 }));
  x = tf.layers.add({ name: "add" }).apply([shortcut, x]) as tf.SymbolicTensor;
  apply(tf.layers.maxPooling2d({ poolSize: 2, strides: 1, padding: "same", name: "max_pool" }));
  return tf.model({ inputs: input, outputs: x, name: "tiny" });
}

/** Teachable Machine's shape: Sequential(Sequential(model, pooling), Sequential(dense, dense)). */
export function tinyTeachableMachine(): tf.LayersModel {
  const base = tf.sequential({
    layers: [tinyMobileNet(), tf.layers.globalAveragePooling2d({ name: "pool" })] as tf.layers.Layer[],
  });
  const head = tf.sequential({
    layers: [
      tf.layers.dense({ units: 5, activation: "relu", inputShape: [6], name: "dense_1" }),
      tf.layers.dropout({ rate: 0.3, name: "drop" }),
      tf.layers.dense({ units: 3, activation: "softmax", useBias: false, name: "dense_2" }),
    ],
  });
  return tf.sequential({ layers: [base, head] as tf.layers.Layer[] });
}

/** Gives every weight values that a mistake would show in. */
export function randomise(model: tf.LayersModel): tf.LayersModel {
  const random = (shape: number[], low: number, high: number, seed: number) =>
    tf.randomUniform(shape, low, high, "float32", seed);
  model.setWeights(
    model.weights.map(({ name, shape }, seed) =>
      random(shape as number[], /variance/.test(name) ? 0.3 : -0.8, /variance/.test(name) ? 2 : 0.9, seed + 1),
    ),
  );
  return model;
}

export async function save(model: tf.LayersModel): Promise<SavedModel> {
  let saved: SavedModel | undefined;
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      saved = {
        // As a file would hold it, without the references that the object shares with the model.
        modelJson: JSON.parse(
          JSON.stringify({
            format: "layers-model",
            modelTopology,
            weightsManifest: [{ paths: ["weights.bin"], weights: weightSpecs }],
          }),
        ),
        weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData ?? [])),
      };
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
    }),
  );
  if (!saved) throw new Error("not saved");
  return saved;
}

/** Loads files as a reader of ours would hand them to TensorFlow.js. */
export function load(modelJson: unknown, weights: Uint8Array): Promise<tf.LayersModel> {
  const { modelTopology, weightsManifest } = modelJson as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: weights.slice().buffer,
    }),
  );
}

export function somePhotos(network: { input: { shape: readonly number[] } }, count = 2): tf.Tensor {
  return tf.randomUniform([count, ...network.input.shape], -1, 1, "float32", 42);
}

export function run(network: Network, input: tf.Tensor): number[] {
  const device = new DeviceNetwork(network);
  const result = Array.from(device.run(input).dataSync());
  device.dispose();
  return result;
}

/** The largest absolute difference. */
export function difference(actual: readonly number[], expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  return actual.reduce((worst, value, index) => Math.max(worst, Math.abs(value - (expected[index] ?? Number.NaN))), 0);
}
