import { soleConsumer, withoutNodes } from "./graph.ts";
import type { Activation, Network, NetworkNode } from "./network.ts";
import { inferShapes, samePadding } from "./shapes.ts";

const FUSABLE = new Set<string>(["Relu", "Relu6", "Sigmoid", "Tanh", "Elu"] satisfies Activation[]);

/** Lets convolutions and dense layers apply the activation that follows them, where nobody else takes their bare result. */
export function fuseActivations(network: Network): Network {
  const fused = new Map<string, NetworkNode>();
  const standsFor = new Map<string, string>();
  for (const node of network.nodes) {
    if (node.op !== "Conv2D" && node.op !== "DepthwiseConv2dNative" && node.op !== "MatMul") continue;
    const next = soleConsumer(network, node.name);
    if (!next || !isActivation(next) || node.attributes.activation !== null) continue;
    fused.set(node.name, withActivation(node, next.op));
    standsFor.set(next.name, node.name);
  }
  const nodes = network.nodes.map((node) => fused.get(node.name) ?? node);
  return withoutNodes({ ...network, nodes }, standsFor);
}

/** Merges an explicit padding into the convolution after it, where it adds just what SAME padding would. */
export function mergePadding(network: Network): Network {
  const shapes = inferShapes(network);
  const merged = new Map<string, NetworkNode>();
  const standsFor = new Map<string, string>();
  for (const pad of network.nodes) {
    if (pad.op !== "Pad") continue;
    const next = soleConsumer(network, pad.name);
    if (!next || (next.op !== "Conv2D" && next.op !== "DepthwiseConv2dNative")) continue;
    const [source = ""] = pad.inputs;
    const { strides, dilations, padding } = next.attributes;
    const same = [0, 1].map((axis) =>
      samePadding(
        shapes.get(source)?.[axis] ?? 0,
        next.weights.kernel.shape[axis] ?? 0,
        strides[axis] ?? 1,
        dilations[axis] ?? 1,
      ),
    );
    if (padding !== "VALID" || `${same}` !== `${pad.attributes.paddings}`) continue;
    merged.set(next.name, withSamePadding(next));
    standsFor.set(pad.name, source);
  }
  const nodes = network.nodes.map((node) => merged.get(node.name) ?? node);
  return withoutNodes({ ...network, nodes }, standsFor);
}

type Windowed = Extract<NetworkNode, { op: "Conv2D" | "DepthwiseConv2dNative" }>;

function withActivation<N extends Windowed | Extract<NetworkNode, { op: "MatMul" }>>(
  node: N,
  activation: Activation,
): N {
  return { ...node, attributes: { ...node.attributes, activation } };
}

function withSamePadding<N extends Windowed>(node: N): N {
  return { ...node, attributes: { ...node.attributes, padding: "SAME" } };
}

function isActivation(node: NetworkNode): node is NetworkNode & { op: Activation } {
  return FUSABLE.has(node.op);
}
