import { consumersOf, withoutNodes } from "./graph.ts";
import type { BatchNormNode, Network, NetworkNode, Weight } from "./network.ts";

/**
 * Folds every batch normalisation into the convolution or dense layer before it.
 *
 * Exact for frozen statistics: γ·(conv(x) + b − μ)/√(σ² + ε) + β = conv′(x) + b′ with the kernel scaled by s = γ/√(σ² + ε)
 * along its output channels and b′ = β + (b − μ)·s (Jacob et al. 2018, "Quantization and Training of Neural Networks for
 * Efficient Integer-Arithmetic-Only Inference", equation 14). One that follows anything else is left.
 */
export function foldBatchNorm(network: Network): Network {
  const consumers = consumersOf(network);
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  const folded = new Map<string, NetworkNode>();
  const standsFor = new Map<string, string>();
  for (const norm of network.nodes) {
    if (norm.op !== "FusedBatchNormV3") continue;
    const before = byName.get(norm.inputs[0] ?? "");
    if (!before || !isFoldable(before) || before.name === network.output) continue;
    if (consumers.get(before.name)?.length !== 1) continue;
    folded.set(before.name, fold(before, norm));
    standsFor.set(norm.name, before.name);
  }
  const nodes = network.nodes.map((node) => folded.get(node.name) ?? node);
  return withoutNodes({ ...network, nodes }, standsFor);
}

type Foldable = Extract<NetworkNode, { op: "Conv2D" | "DepthwiseConv2dNative" | "MatMul" }>;

/** An activation in between would make the order matter. */
function isFoldable(node: NetworkNode): node is Foldable {
  return (
    (node.op === "Conv2D" || node.op === "DepthwiseConv2dNative" || node.op === "MatMul") &&
    node.attributes.activation === null
  );
}

function fold<N extends Foldable>(node: N, norm: BatchNormNode): N {
  const { mean, variance, gamma, beta } = norm.weights;
  const channels = mean.data.length;
  const scale = Float64Array.from(
    variance.data,
    (value, channel) => (gamma?.data[channel] ?? 1) / Math.sqrt(value + norm.attributes.epsilon),
  );
  const { kernel, bias } = node.weights;
  // The output channels run fastest in every kernel; in a depthwise one they are the last two dimensions together.
  const scaled: Weight = { shape: kernel.shape, data: scaledBy(kernel.data, scale) };
  const shifted: Weight = {
    shape: [channels],
    data: Float32Array.from(scale, (factor, channel) => {
      const centred = (bias?.data[channel] ?? 0) - (mean.data[channel] ?? 0);
      return (beta?.data[channel] ?? 0) + centred * factor;
    }),
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
