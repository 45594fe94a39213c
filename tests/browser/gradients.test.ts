/** Each operation's gradient, on every backend, against TensorFlow.js's own on its plain JavaScript backend. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../src/dataset/random.ts";
import { type BackendName, startBackend } from "../../src/engine/backend.ts";
import { gradientOfNode } from "../../src/engine/gradients.ts";
import { applyNode } from "../../src/engine/operations.ts";
import type { Activation, NetworkNode, Padding } from "../../src/network/network.ts";

interface Case {
  readonly node: NetworkNode;
  /** Without the batch dimension. */
  readonly inputs: readonly (readonly number[])[];
}

const random = createRandom(5);
const noise = (shape: readonly number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((all, size) => all * size, 1) }, () => 2 * random() - 1),
});

function windowed(
  name: string,
  op: "Conv2D" | "DepthwiseConv2dNative",
  input: readonly number[],
  kernel: readonly number[],
  { stride = 1, padding = "SAME" as Padding, activation = null as Activation | null } = {},
): Case {
  const attributes = { strides: [stride, stride], dilations: [1, 1], padding, activation } as const;
  const channels = (op === "Conv2D" ? kernel[3] : kernel[2]) ?? 0;
  const weights = { kernel: noise(kernel), bias: noise([channels]) };
  return { node: { name, op, inputs: ["x"], attributes, weights }, inputs: [input] };
}

function bare(node: Pick<NetworkNode, "op" | "attributes">, ...inputs: (readonly number[])[]): Case {
  const names = inputs.map((_, at) => `x${at}`);
  return { node: { name: node.op, weights: {}, ...node, inputs: names } as NetworkNode, inputs };
}

const pool = { windowSize: [2, 2], strides: [2, 2], padding: "VALID" } as const;
const overlapping = { windowSize: [3, 3], strides: [2, 2], padding: "SAME" } as const;
const NORMALISATION: Case = {
  node: {
    name: "norm",
    op: "FusedBatchNormV3",
    inputs: ["x"],
    attributes: { epsilon: 1e-3 },
    weights: {
      mean: noise([3]),
      variance: { shape: [3], data: Float32Array.of(0.5, 1, 2) },
      gamma: noise([3]),
      beta: noise([3]),
    },
  },
  inputs: [[3, 4, 3]],
};

const CASES: Case[] = [
  windowed("3 × 3", "Conv2D", [5, 6, 3], [3, 3, 3, 4], { activation: "Relu6" }),
  windowed("3 × 3, even side halved", "Conv2D", [6, 7, 3], [3, 3, 3, 4], { stride: 2, activation: "Relu" }),
  windowed("5 × 5, a row left over", "Conv2D", [8, 10, 2], [5, 5, 2, 3], { stride: 2, padding: "VALID" }),
  windowed("1 × 1", "Conv2D", [4, 4, 5], [1, 1, 5, 3], { activation: "Sigmoid" }),
  windowed("1 × 1, halved", "Conv2D", [5, 6, 5], [1, 1, 5, 3], { stride: 2, padding: "VALID" }),
  windowed("1 × 7", "Conv2D", [4, 9, 2], [1, 7, 2, 3], { activation: "Tanh" }),
  windowed("depthwise", "DepthwiseConv2dNative", [5, 6, 3], [3, 3, 3, 1], { activation: "Relu6" }),
  windowed("depthwise, halved", "DepthwiseConv2dNative", [6, 7, 3], [3, 3, 3, 1], { stride: 2 }),
  windowed("depthwise, padded before", "DepthwiseConv2dNative", [7, 7, 3], [3, 3, 3, 1], {
    stride: 2,
    padding: "VALID",
    activation: "Elu",
  }),
  {
    node: {
      name: "dense",
      op: "MatMul",
      inputs: ["x"],
      attributes: { activation: "Relu" },
      weights: { kernel: noise([6, 4]), bias: noise([4]) },
    },
    inputs: [[6]],
  },
  NORMALISATION,
  bare(
    {
      op: "Pad",
      attributes: {
        paddings: [
          [0, 1],
          [2, 1],
        ],
      },
    },
    [3, 4, 2],
  ),
  bare({ op: "MaxPool", attributes: pool }, [6, 4, 3]),
  bare({ op: "MaxPool", attributes: overlapping }, [6, 7, 3]),
  bare({ op: "AvgPool", attributes: { ...overlapping, strides: [1, 1] } }, [5, 4, 3]),
  bare({ op: "Mean", attributes: { keepDimensions: false } }, [3, 4, 5]),
  bare({ op: "Reshape", attributes: { shape: [24] } }, [3, 4, 2]),
  bare({ op: "AddV2", attributes: {} }, [3, 4, 2], [3, 4, 2]),
  bare({ op: "ConcatV2", attributes: {} }, [3, 4, 2], [3, 4, 5]),
  bare({ op: "Elu", attributes: {} }, [3, 4, 2]),
  bare({ op: "Mul", attributes: {} }, [3, 4, 2], [3, 4, 2]),
  bare({ op: "Mul", attributes: {} }, [3, 4, 2], [1, 1, 2]),
  bare(
    {
      op: "Crop",
      attributes: {
        cropping: [
          [0, 1],
          [2, 1],
        ],
      },
    },
    [3, 5, 2],
  ),
  bare({ op: "Max", attributes: { keepDimensions: false } }, [3, 4, 5]),
  bare({ op: "Max", attributes: { keepDimensions: true } }, [3, 4, 5]),
  bare({ op: "LeakyRelu", attributes: { alpha: 0.3 } }, [3, 4, 2]),
  bare({ op: "Gelu", attributes: {} }, [3, 4, 2]),
  {
    node: { name: "prelu", op: "Prelu", inputs: ["x"], attributes: {}, weights: { alpha: noise([1, 1, 3]) } },
    inputs: [[3, 4, 3]],
  },
  {
    node: {
      name: "layer norm",
      op: "LayerNorm",
      inputs: ["x"],
      attributes: { epsilon: 1e-3 },
      weights: { gamma: noise([5]), beta: noise([5]) },
    },
    inputs: [[3, 4, 5]],
  },
];

/** Gradients with respect to the inputs and to kernel and bias, of the sum of the results times fixed numbers. */
type Gradients = readonly Float32Array[];

const data = CASES.map(({ node, inputs }) => {
  const xs = inputs.map((shape) => noise([2, ...shape]));
  const output = tf.tidy(() => applyNode(node, xs.map(upload), weightsOf(node)));
  const error = noise(output.shape);
  output.dispose();
  return { xs, error };
});
let expected: readonly Gradients[];

function upload({ shape, data: values }: ReturnType<typeof noise>): tf.Tensor {
  return tf.tensor(values, [...shape]);
}

function weightsOf({ weights }: NetworkNode): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(weights as Record<string, ReturnType<typeof noise>>).map(([part, weight]) => [part, upload(weight)]),
  );
}

/** The same node, its activation an operation of its own: TensorFlow.js has no gradient for most fused ones. */
function apart(node: NetworkNode, inputs: tf.Tensor[], weights: Record<string, tf.Tensor>): tf.Tensor {
  if (!("activation" in node.attributes) || node.attributes.activation === null)
    return applyNode(node, inputs, weights);
  const linear = applyNode(
    { ...node, attributes: { ...node.attributes, activation: null } } as NetworkNode,
    inputs,
    weights,
  );
  const op = node.attributes.activation;
  return applyNode({ name: "activation", op, inputs: [], attributes: {}, weights: {} }, [linear], {});
}

function theirs({ node, inputs }: Case, { xs, error }: (typeof data)[number]): Gradients {
  return tf.tidy(() => {
    const weights = weightsOf(node);
    const trained = ["kernel", "bias"].filter((part) => part in weights);
    const gradients = tf.grads((...args: tf.Tensor[]) => {
      const given = Object.fromEntries(trained.map((part, at) => [part, args[inputs.length + at] as tf.Tensor]));
      return tf.sum(tf.mul(apart(node, args.slice(0, inputs.length), { ...weights, ...given }), upload(error)));
    });
    const all = [...xs.map(upload), ...trained.map((part) => weights[part] as tf.Tensor)];
    return gradients(all).map((gradient) => gradient.dataSync<"float32">());
  });
}

async function ours({ node }: Case, { xs, error }: (typeof data)[number]): Promise<Gradients> {
  const tensors = tf.tidy(() => {
    const weights = weightsOf(node);
    const inputs = xs.map(upload);
    const output = applyNode(node, inputs, weights);
    const gradient = gradientOfNode(node, { inputs, output, error: upload(error), weights }, true);
    return [...gradient.inputs, gradient.weights.kernel, gradient.weights.bias].flatMap((tensor) => tensor ?? []);
  });
  return Promise.all(tensors.map(async (tensor) => (await tensor.data()) as Float32Array));
}

beforeAll(async () => {
  await tf.setBackend("cpu");
  expected = CASES.map((each, at) => theirs(each, data[at] as (typeof data)[number]));
});

describe.each<BackendName>(["wasm", "webgl", "webgpu"])("%s", (backend) => {
  test.each(CASES.map(({ node: { op, name } }, at) => [op, name, at] as const))("%s: %s", async (_op, _name, at) => {
    if (tf.getBackend() !== backend) await startBackend(backend);
    const found = await ours(CASES[at] as Case, data[at] as (typeof data)[number]);
    expect(found.length).toBe(expected[at]?.length);
    for (const [which, values] of found.entries()) {
      const wanted = expected[at]?.[which] ?? new Float32Array();
      expect(values.length).toBe(wanted.length);
      const largest = Math.max(...wanted.map(Math.abs), 1e-6);
      const worst = Math.max(...values.map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN))));
      expect(worst / largest).toBeLessThan(1e-4);
    }
  });
});
