/** Layer normalisation, of which TensorFlow Lite has the steps only; `layer-norm.ts` knows them again. */
import type { LayerNormNode } from "../../../network/network.ts";
import { CODES, type Place, plain } from "./written-codes.ts";
import { WrittenTable } from "./written-flatbuffer.ts";
import type { LiteOperationCode, WrittenOptions } from "./written-graph.ts";

/** @returns the number of the tensor with its result */
export function addLayerNorm(
  { name, attributes, weights }: LayerNormNode,
  { graph, inputs: [input = -1], shape }: Place,
): number {
  const each = [...shape.slice(0, -1), 1];
  const channels = shape.at(-1) ?? 0;
  const step = (code: LiteOperationCode, part: string, inputs: readonly number[], options: WrittenOptions | null) =>
    graph.operator(code, inputs, graph.result(`${name}/${part}`, each), options);
  const constant = (part: string, value: number, length: number) =>
    graph.floats(`${name}/${part}`, { shape: [length], data: new Float32Array(length).fill(value) });
  const axis = graph.ints(`${name}/axis`, [shape.length - 1]);
  const kept = () => ({ type: 27, table: new WrittenTable().byte(0, 1) });

  const mean = step(CODES.MEAN, "mean", [input, axis], kept());
  const squares = graph.result(`${name}/squares`, shape);
  graph.operator(CODES.SQUARED_DIFFERENCE, [input, mean], squares, plain(76));
  const variance = step(CODES.MEAN, "variance", [squares, axis], kept());
  const above = step(CODES.ADD, "above-zero", [variance, constant("epsilon", attributes.epsilon, 1)], plain(11));
  const inverse = step(CODES.RSQRT, "inverse", [above], null);
  const centred = graph.operator(CODES.SUB, [input, mean], graph.result(`${name}/centred`, shape), plain(28));
  const even = graph.operator(CODES.MUL, [centred, inverse], graph.result(`${name}/even`, shape), plain(21));
  const gamma = weights.gamma ? graph.floats(`${name}/gamma`, weights.gamma) : constant("gamma", 1, channels);
  const scaled = graph.operator(CODES.MUL, [even, gamma], graph.result(`${name}/scaled`, shape), plain(21));
  const beta = weights.beta ? graph.floats(`${name}/beta`, weights.beta) : constant("beta", 0, channels);
  return graph.operator(CODES.ADD, [scaled, beta], graph.result(name, shape), plain(11));
}
