import type { Network, NetworkNode, Weight } from "./network.ts";

/**
 * A network that ends in a dense layer and its softmax, with the layer's scores multiplied: temperature scaling (Guo et al.
 * 2017, section 4.2) by weights alone, so that every reader of the network does it too.
 *
 * @param sharpness > 0: the inverse of the temperature
 * @returns null where the network ends in anything else
 */
export function sharpen(network: Network, sharpness: number): Network | null {
  const softmax = network.nodes.find(({ name }) => name === network.output);
  const scores = network.nodes.find(({ name }) => name === softmax?.inputs[0]);
  if (softmax?.op !== "Softmax" || scores?.op !== "MatMul" || scores.attributes.activation !== null) return null;
  const scaled = ({ shape, data }: Weight): Weight => ({ shape, data: data.map((value) => value * sharpness) });
  const { kernel, bias } = scores.weights;
  const weights = bias ? { kernel: scaled(kernel), bias: scaled(bias) } : { kernel: scaled(kernel) };
  const sharpened: NetworkNode = { ...scores, weights };
  return { ...network, nodes: network.nodes.map((node) => (node === scores ? sharpened : node)) };
}
