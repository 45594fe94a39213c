/** A head of a single dense layer, its weights in one array. */
import type { MatMulNode, Network } from "../network/network.ts";
import type { Numbers } from "./checkpoint.ts";
import { EngineError } from "./errors.ts";

/** The dense layer of a head that has just one and its softmax; else null. */
export function onlyLayer({ nodes }: Network): MatMulNode | null {
  const [layer, softmax, ...more] = nodes;
  const isOne = layer?.op === "MatMul" && layer.attributes.activation === null && softmax?.op === "Softmax";
  return isOne && !more.length && layer.weights.bias ? layer : null;
}

/** `[classes × (features + 1)]`, row-major, the bias last in each row. @throws EngineError for a head of more layers */
export function weightsOf(head: Network): Numbers {
  const layer = onlyLayer(head);
  if (!layer?.weights.bias) throw new EngineError({ code: "engine/head-without-softmax" });
  const { kernel, bias } = layer.weights;
  const [features = 0, classes = 0] = kernel.shape;
  return Float32Array.from({ length: classes * (features + 1) }, (_, at) => {
    const [each, feature] = [Math.floor(at / (features + 1)), at % (features + 1)];
    return (feature === features ? bias.data[each] : kernel.data[feature * classes + each]) as number;
  });
}

/** The head with other weights, as `weightsOf` gives them. */
export function withWeights(head: Network, weights: Numbers | Float64Array): Network {
  const layer = onlyLayer(head);
  if (!layer) throw new EngineError({ code: "engine/head-without-softmax" });
  const [features = 0, classes = 0] = layer.weights.kernel.shape;
  const weight = (feature: number, each: number) => weights[each * (features + 1) + feature] as number;
  const kernel = Float32Array.from({ length: features * classes }, (_, at) =>
    weight(Math.floor(at / classes), at % classes),
  );
  const bias = Float32Array.from({ length: classes }, (_, each) => weight(features, each));
  const fitted = { kernel: { shape: [features, classes], data: kernel }, bias: { shape: [classes], data: bias } };
  return { ...head, nodes: head.nodes.map((node) => (node === layer ? { ...layer, weights: fitted } : node)) };
}
