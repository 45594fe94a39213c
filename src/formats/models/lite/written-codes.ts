/** TensorFlow Lite's operations by their numbers, and what each takes. */
import { WrittenTable } from "./written-flatbuffer.ts";
import type { LiteGraph, LiteOperationCode, WrittenOptions } from "./written-graph.ts";

/** What is known of a node where it is written. */
export interface Place {
  readonly graph: LiteGraph;
  /** The numbers of the tensors that it takes. */
  readonly inputs: readonly number[];
  /** Of its result, with the batch. */
  readonly shape: readonly number[];
}

/** `BuiltinOperator`, with the version that has what is written here. */
export const CODES = {
  ADD: { number: 0 },
  AVERAGE_POOL_2D: { number: 1 },
  CONCATENATION: { number: 2 },
  CONV_2D: { number: 3 },
  DEPTHWISE_CONV_2D: { number: 4, version: 2 },
  FULLY_CONNECTED: { number: 9 },
  LOGISTIC: { number: 14 },
  MAX_POOL_2D: { number: 17 },
  MUL: { number: 18 },
  RELU: { number: 19 },
  RELU6: { number: 21 },
  RESHAPE: { number: 22 },
  SOFTMAX: { number: 25 },
  TANH: { number: 28 },
  PAD: { number: 34 },
  MEAN: { number: 40 },
  SUB: { number: 41 },
  PRELU: { number: 54 },
  SLICE: { number: 65 },
  RSQRT: { number: 76 },
  REDUCE_MAX: { number: 82 },
  LEAKY_RELU: { number: 98 },
  SQUARED_DIFFERENCE: { number: 99 },
  ELU: { number: 111 },
  GELU: { number: 150 },
} as const satisfies Readonly<Record<string, LiteOperationCode>>;

/** Options with the schema's defaults. @param type the number of their table */
export function plain(type: number): WrittenOptions {
  return { type, table: new WrittenTable() };
}
