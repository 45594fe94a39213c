import { consumersOf, withoutNodes } from "./graph.ts";
import type { BatchNormNode, Network, NetworkNode, Weight } from "./network.ts";
import { scaleAndOffset } from "./scaling.ts";

/**
 * Folds every batch normalisation into the convolution, dense layer or other normalisation before it.
 *
 * Exact for frozen statistics: γ·(conv(x) + b − μ)/√(σ² + ε) + β = conv′(x) + b′ with the kernel scaled by s = γ/√(σ² + ε)
 * along its output channels and b′ = β + (b − μ)·s (Jacob et al. 2018, "Quantization and Training of Neural Networks for
 * Efficient Integer-Arithmetic-Only Inference", equation 14). One that follows anything else is left.
 */
export function foldBatchNorm(network: Network): Network {
  const consumers = consumersOf(network);
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  const standsFor = new Map<string, string>();
  for (const norm of network.nodes) {
    if (norm.op !== "FusedBatchNormV3") continue;
    const [source = ""] = norm.inputs;
    const before = byName.get(standsFor.get(source) ?? source);
    if (!before || !isFoldable(before) || source === network.output) continue;
    if (consumers.get(source)?.length !== 1) continue;
    byName.set(before.name, before.op === "FusedBatchNormV3" ? join(before, norm) : fold(before, norm));
    standsFor.set(norm.name, before.name);
  }
  const nodes = network.nodes.map((node) => byName.get(node.name) ?? node);
  return withoutNodes({ ...network, nodes }, standsFor);
}

type Weighted = Extract<NetworkNode, { op: "Conv2D" | "DepthwiseConv2dNative" | "MatMul" }>;

/** An activation in between would make the order matter. */
function isFoldable(node: NetworkNode): node is Weighted | BatchNormNode {
  if (node.op === "FusedBatchNormV3") return true;
  return (
    (node.op === "Conv2D" || node.op === "DepthwiseConv2dNative" || node.op === "MatMul") &&
    node.attributes.activation === null
  );
}

/** What a normalisation does to each channel, as value × scale + offset. */
function linear({ weights, attributes }: BatchNormNode): { scale: Float64Array; offset: Float64Array } {
  const { mean, variance, gamma, beta } = weights;
  const scale = Float64Array.from(
    variance.data,
    (value, channel) => (gamma?.data[channel] ?? 1) / Math.sqrt(value + attributes.epsilon),
  );
  const offset = scale.map((factor, channel) => (beta?.data[channel] ?? 0) - (mean.data[channel] ?? 0) * factor);
  return { scale, offset };
}

/** One normalisation that does what two after one another do. */
function join(first: BatchNormNode, second: BatchNormNode): BatchNormNode {
  const [inner, outer] = [linear(first), linear(second)];
  const scale = inner.scale.map((factor, channel) => factor * (outer.scale[channel] ?? 0));
  const offset = inner.offset.map(
    (shift, channel) => shift * (outer.scale[channel] ?? 0) + (outer.offset[channel] ?? 0),
  );
  const [input = ""] = first.inputs;
  return scaleAndOffset(first.name, input, scale.length, scale, offset);
}

function fold<N extends Weighted>(node: N, norm: BatchNormNode): N {
  const { scale, offset } = linear(norm);
  const channels = scale.length;
  const { kernel, bias } = node.weights;
  // The output channels run fastest in every kernel; in a depthwise one they are the last two dimensions together.
  const scaled: Weight = { shape: kernel.shape, data: scaledBy(kernel.data, scale) };
  const shifted: Weight = {
    shape: [channels],
    data: Float32Array.from(scale, (factor, channel) => (bias?.data[channel] ?? 0) * factor + (offset[channel] ?? 0)),
  };
  return { ...node, weights: { kernel: scaled, bias: shifted } };
}

/** Each number times its channel's scale. A plain loop: there are millions, and a callback for each takes half a second. */
function scaledBy(values: Float32Array, scale: Float64Array): Float32Array {
  const result = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += scale.length) {
    for (let channel = 0; channel < scale.length; channel++) {
      result[from + channel] = (values[from + channel] as number) * (scale[channel] as number);
    }
  }
  return result;
}
