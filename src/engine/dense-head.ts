/** A classifier head of dense layers, with its gradient. */
import * as tf from "@tensorflow/tfjs";
import type { Network, NetworkNode } from "../network/network.ts";
import type { EmbeddingMatrix } from "./embedding-rows.ts";
import { EngineError } from "./errors.ts";
import { Rows } from "./rows.ts";

/** For each dense layer its kernel, transposed, with its bias as the last column: `[units, inputs + 1]`. */
export type HeadWeights = readonly tf.Tensor2D[];

interface Dense {
  readonly kind: "dense";
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  readonly relu: boolean;
  /** Place among the weights. */
  readonly at: number;
}

// A type and not an interface: `tf.tidy` takes only what has an index signature.
export type HeadGradient = {
  /** `[photos, classes]` */
  readonly logits: tf.Tensor2D;
  /** A tensor per layer, as the weights are. */
  readonly gradient: tf.Tensor2D[];
  /** Of the embeddings, `[photos, features]`, where it was asked for. */
  readonly inputError?: tf.Tensor2D;
};

interface Drop {
  readonly kind: "dropout";
  readonly rate: number;
}

/** What a forward pass leaves for the gradient, `[width, photos]` each; inputs end in a row of ones, for the bias. */
interface Trace {
  readonly layer: Dense | Drop;
  readonly input: tf.Tensor2D;
  readonly output: tf.Tensor2D;
  /** Dropout's factors; undefined for a dense layer. */
  readonly mask: tf.Tensor2D | undefined;
}

/**
 * Computes with photos as columns and writes its gradient out, because of WebAssembly: there the right-hand matrix of a
 * product is packed again for each product, which is cheap for a batch of photos and costly for a kernel, and products
 * of transposed matrices, which TensorFlow.js's own gradient asks for, are plain loops. One tensor per layer, bias
 * included, halves the number of kernels that an optimizer runs.
 */
export class DenseHead {
  readonly #head: Network;
  readonly #layers: readonly (Dense | Drop)[];

  /** @throws EngineError when the head is more than dense layers with ReLU or none, dropout and a softmax at its end */
  constructor(head: Network) {
    if (head.nodes.at(-1)?.op !== "Softmax") throw new EngineError({ code: "engine/head-without-softmax" });
    this.#head = head;
    let at = 0;
    this.#layers = head.nodes.slice(0, -1).map((node) => {
      const layer = layerOf(node, at);
      if (layer.kind === "dense") at += 1;
      return layer;
    });
  }

  get classes(): number {
    return this.#dense().at(-1)?.units ?? 0;
  }

  upload(): HeadWeights {
    return this.#dense().map(({ name, inputs, units }) => {
      const { kernel, bias } = weightsOf(this.#head, name);
      return tf.tidy(() =>
        tf.concat2d([tf.transpose(tf.tensor2d(kernel.data, [inputs, units])), tf.tensor2d(bias.data, [units, 1])], 1),
      );
    });
  }

  /** The head with other weights. */
  async download(weights: HeadWeights): Promise<Network> {
    const nodes = await Promise.all(
      this.#head.nodes.map(async (node): Promise<NetworkNode> => {
        const layer = this.#dense().find(({ name }) => name === node.name);
        if (!layer || node.op !== "MatMul") return node;
        const { inputs, units } = layer;
        const upright: tf.Tensor2D = tf.transpose(weightOf(weights, layer));
        const values = new Float32Array(await upright.data());
        upright.dispose();
        const kernel = { shape: [inputs, units], data: values.slice(0, inputs * units) };
        return { ...node, weights: { kernel, bias: { shape: [units], data: values.slice(inputs * units) } } };
      }),
    );
    return { ...this.#head, nodes };
  }

  /** Embeddings as the functions below take them: `[photos, features + 1]`, the last of each row 1. The caller disposes of them. */
  static input(matrix: EmbeddingMatrix, rows: Int32Array): Rows {
    return new Rows(matrix, rows, true);
  }

  /** 1 for a kernel's numbers and 0 for a bias's, a tensor per layer. */
  kernelMasks(): tf.Tensor2D[] {
    return this.#dense().map(({ inputs, units }) =>
      tf.tidy(() => tf.concat2d([tf.ones([units, inputs]), tf.zeros([units, 1])], 1)),
    );
  }

  /** @param x taken from `input`. Gives `[photos, classes]` before the softmax. */
  logits(weights: HeadWeights, x: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => tf.transpose(this.#forward(weights, x, null).output));
  }

  /**
   * The logits of a batch, with dropout, and the gradient of its mean cross-entropy.
   * @param x taken from `input`
   * @param targets `[photos, classes]`, rows that sum to 1
   * @param photoWeights `[photos, 1]`; undefined when all count the same
   * @param wantsInput whether the embeddings' own gradient is wanted
   */
  gradient(
    weights: HeadWeights,
    x: tf.Tensor2D,
    targets: tf.Tensor2D,
    photoWeights: tf.Tensor2D | undefined,
    dropoutSeed: () => number,
    wantsInput = false,
  ): HeadGradient {
    return tf.tidy(() => {
      const { output, traces } = this.#forward(weights, x, dropoutSeed);
      const logits: tf.Tensor2D = tf.transpose(output);
      const error = tf.mul(tf.sub(tf.softmax(logits), targets), 1 / x.shape[0]) as tf.Tensor2D;
      const weighted = photoWeights ? (tf.mul(error, photoWeights) as tf.Tensor2D) : error;
      const { gradients, delta } = backward(weights, traces, tf.transpose(weighted), wantsInput);
      return { logits, gradient: gradients, ...(wantsInput ? { inputError: tf.transpose(delta) } : {}) };
    });
  }

  /** Without a seed nothing is dropped. */
  #forward(
    weights: HeadWeights,
    x: tf.Tensor2D,
    dropoutSeed: (() => number) | null,
  ): { output: tf.Tensor2D; traces: Trace[] } {
    const traces: Trace[] = [];
    const ones = tf.ones([1, x.shape[0]]) as tf.Tensor2D;
    let input: tf.Tensor2D = tf.transpose(x);
    for (const layer of this.#layers) {
      if (layer.kind === "dense") {
        const linear: tf.Tensor2D = tf.matMul(weightOf(weights, layer), input);
        const output: tf.Tensor2D = layer.relu ? tf.relu(linear) : linear;
        traces.push({ layer, input, output, mask: undefined });
        input = layer.relu ? tf.concat2d([output, ones], 0) : output;
      } else if (dropoutSeed) {
        const mask = dropoutMask([input.shape[0] - 1, x.shape[0]], layer.rate, dropoutSeed());
        traces.push({ layer, input, output: input, mask });
        input = tf.mul(input, tf.concat2d([mask, ones], 0));
      }
    }
    return { output: input, traces };
  }

  #dense(): readonly Dense[] {
    return this.#layers.filter((layer) => layer.kind === "dense");
  }
}

/**
 * Backpropagation (Rumelhart, Hinton & Williams 1986).
 * @param error of the last layer's output, `[classes, photos]`
 * @param wantsInput whether `delta` is to be the error of the input, `[features, photos]`
 */
function backward(
  weights: HeadWeights,
  traces: readonly Trace[],
  error: tf.Tensor2D,
  wantsInput: boolean,
): { gradients: tf.Tensor2D[]; delta: tf.Tensor2D } {
  const gradients: tf.Tensor2D[] = [];
  let delta = error;
  for (const [index, { layer, input, output, mask }] of [...traces.entries()].reverse()) {
    if (layer.kind === "dropout") {
      delta = tf.mul(delta, mask ?? 1);
      continue;
    }
    if (layer.relu) delta = tf.mul(delta, tf.step(output));
    gradients.unshift(tf.matMul(delta, tf.transpose(input)));
    if (index === 0 && !wantsInput) continue;
    const { inputs, units } = layer;
    const kernel = tf.slice(weightOf(weights, layer), [0, 0], [units, inputs]);
    delta = tf.matMul(tf.transpose(kernel), delta);
  }
  return { gradients, delta };
}

/** Inverted dropout's factors: 0, or what scales the rest up (Srivastava et al. 2014, section 10). */
function dropoutMask(shape: [number, number], rate: number, seed: number): tf.Tensor2D {
  const kept = tf.greaterEqual(tf.randomUniform(shape, 0, 1, "float32", seed), rate);
  return tf.mul(tf.cast(kept, "float32"), 1 / (1 - rate));
}

/** The gradient with the derivative of λ·Σw² where the penalty applies. @param penalties from `kernelMasks`; null for none */
export function penalise(
  gradient: readonly tf.Tensor2D[],
  weights: HeadWeights,
  penalties: readonly tf.Tensor2D[] | null,
  l2: number,
): readonly tf.Tensor2D[] {
  return gradient.map((slope, at): tf.Tensor2D => {
    const [weight, penalty] = [weights[at], penalties?.[at]];
    return weight && penalty ? tf.add(slope, tf.mul(tf.mul(weight, penalty), 2 * l2)) : slope;
  });
}

function layerOf(node: NetworkNode, at: number): Dense | Drop {
  if (node.op === "Dropout") return { kind: "dropout", rate: node.attributes.rate };
  const activation = node.op === "MatMul" ? node.attributes.activation : undefined;
  if (node.op !== "MatMul" || (activation !== null && activation !== "Relu")) {
    throw new EngineError({ code: "engine/layer-not-trainable", layer: node.name });
  }
  const [inputs = 0, units = 0] = node.weights.kernel.shape;
  return { kind: "dense", name: node.name, inputs, units, relu: activation === "Relu", at };
}

function weightsOf(head: Network, name: string) {
  const node = head.nodes.find((each) => each.name === name);
  if (node?.op !== "MatMul" || !node.weights.bias)
    throw new EngineError({ code: "engine/layer-not-trainable", layer: name });
  return { kernel: node.weights.kernel, bias: node.weights.bias };
}

function weightOf(weights: HeadWeights, { name, at }: Dense): tf.Tensor2D {
  const weight = weights[at];
  if (!weight) throw new EngineError({ code: "engine/incomplete-network", node: name, lacks: "weights" });
  return weight;
}
