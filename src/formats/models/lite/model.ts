/** TensorFlow Lite's models, as far as networks need them. https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs */
import { MAX_ARRAYS, MAX_NODES } from "../../../network/budget.ts";
import { NetworkError } from "../../../network/errors.ts";
import type { Weight } from "../../../network/network.ts";
import { FormatError } from "../../errors.ts";
import { halfToNumber } from "../tfjs-weights.ts";
import { damaged, FlatFile, type FlatTable } from "./flatbuffer.ts";

/** The name of what this app's exports say of a classifier, among a model's metadata. */
export const DESCRIPTION = "headstart";

export interface LiteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Its numbers, when they are in the file; read when asked for. */
  readonly constant: (() => Weight) | null;
}

export interface LiteOperator {
  /** The operation's name, or its number where that is not known. */
  readonly op: string;
  /** Numbers of tensors; -1 for none. */
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options: FlatTable | null;
}

export interface LiteModel {
  readonly tensors: readonly LiteTensor[];
  readonly operators: readonly LiteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** What this app's own exports say of themselves, as JSON; null in all others. */
  readonly description: string | null;
}

/** Those that are read, by their numbers. */
const OPERATIONS: Readonly<Record<number, string>> = {
  ...{ 0: "ADD", 1: "AVERAGE_POOL_2D", 2: "CONCATENATION", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D", 6: "DEQUANTIZE" },
  ...{ 9: "FULLY_CONNECTED", 14: "LOGISTIC", 17: "MAX_POOL_2D", 18: "MUL", 19: "RELU", 21: "RELU6", 22: "RESHAPE" },
  ...{ 25: "SOFTMAX", 28: "TANH", 34: "PAD", 40: "MEAN", 41: "SUB", 42: "DIV", 43: "SQUEEZE", 45: "STRIDED_SLICE" },
  ...{
    54: "PRELU",
    59: "NEG",
    65: "SLICE",
    76: "RSQRT",
    77: "SHAPE",
    82: "REDUCE_MAX",
    83: "PACK",
    98: "LEAKY_RELU",
    99: "SQUARED_DIFFERENCE",
    111: "ELU",
    117: "HARD_SWISH",
  },
  ...{ 150: "GELU" },
};
const FLOAT32 = 0;
const FLOAT16 = 1;
const INT32 = 2;

export function isLite(bytes: Uint8Array): boolean {
  return [0x54, 0x46, 0x4c, 0x33].every((byte, at) => bytes[4 + at] === byte);
}

/** @throws FormatError when the file is damaged, or has several graphs */
export function readLiteModel(bytes: Uint8Array): LiteModel {
  const model = new FlatFile(bytes).root;
  const tooMany = () => {
    throw new NetworkError({ code: "network/too-many-nodes", most: MAX_NODES });
  };
  const tooManyArrays = () => {
    throw new FormatError({ code: "model/too-many-arrays", most: MAX_ARRAYS });
  };
  const codes = model.tables(1, MAX_NODES, tooMany).map(operationOf);
  const buffers = model.tables(4, MAX_ARRAYS, tooManyArrays);
  const [graph, ...more] = model.tables(2, 100, tooMany);
  if (!graph || more.length) throw new FormatError({ code: "graph/ends" });
  const tensors = graph.tables(0, MAX_ARRAYS, tooManyArrays).map((tensor) => tensorOf(tensor, buffers));
  const operators = graph.tables(3, MAX_NODES, tooMany).map((operator): LiteOperator => {
    const [output = -1, ...others] = operator.integers(2, 100);
    const op = codes[operator.i32(0)] ?? damaged(0);
    if (others.length) throw new FormatError({ code: "graph/unknown-operation", node: nameAt(tensors, output), op });
    return { op, inputs: operator.integers(1, 1000), output, options: operator.table(4) };
  });
  const description = descriptionIn(model.tables(6, 100, tooManyArrays), buffers);
  return { tensors, operators, inputs: graph.integers(1, 100), outputs: graph.integers(2, 100), description };
}

function descriptionIn(metadata: readonly FlatTable[], buffers: readonly FlatTable[]): string | null {
  const own = metadata.find((entry) => entry.text(0) === DESCRIPTION);
  const bytes = own && buffers[own.i32(1)]?.bytes(0);
  return bytes ? new TextDecoder().decode(bytes) : null;
}

function nameAt(tensors: readonly LiteTensor[], at: number): string {
  return tensors[at]?.name ?? `${at}`;
}

/** Numbers up to 127 were once all there were. */
function operationOf(code: FlatTable): string {
  const custom = code.text(1);
  const number = Math.max(code.i8(0), code.i32(3));
  return custom || (OPERATIONS[number] ?? `operation ${number}`);
}

function tensorOf(tensor: FlatTable, buffers: readonly FlatTable[]): LiteTensor {
  const name = tensor.text(3);
  const shape = tensor.integers(0, 8);
  const type = tensor.i8(1);
  const bytes = buffers[tensor.i32(2)]?.bytes(0);
  const constant = bytes?.length ? () => ({ shape, data: numbersOf(name, type, shape, bytes) }) : null;
  return { name, shape, constant };
}

function numbersOf(name: string, type: number, shape: readonly number[], bytes: Uint8Array): Float32Array {
  const count = shape.reduce((product, length) => product * length, 1);
  const size = { [FLOAT32]: 4, [FLOAT16]: 2, [INT32]: 4 }[type];
  if (size === undefined) throw new FormatError({ code: "graph/tensor-type", tensor: name, type });
  if (bytes.length !== count * size)
    throw new FormatError({ code: "graph/beyond-end", tensor: name, bytes: bytes.length });
  if (type === FLOAT32 && bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, count);
  const copy = bytes.slice().buffer;
  if (type === FLOAT32) return new Float32Array(copy);
  if (type === INT32) return Float32Array.from(new Int32Array(copy));
  return Float32Array.from(new Uint16Array(copy), halfToNumber);
}
