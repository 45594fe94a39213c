/** ONNX's operations, one function each. https://onnx.ai/onnx/operators/ */
import { ARITHMETIC } from "./arithmetic.ts";
import { REARRANGING } from "./rearranging.ts";
import type { Tensor } from "./tensor.ts";
import { attributeOf, like, type OnnxOperation, type Result, resultOf, type Translator, unread } from "./values.ts";
import { WINDOWED } from "./windowed.ts";

/** Does nothing when a model is used. */
const nothing: Translator = (operation) => resultOrConstant(operation);

export const OPERATIONS: Readonly<Record<string, Translator>> = {
  ...WINDOWED,
  ...ARITHMETIC,
  ...REARRANGING,
  Identity: nothing,
  Dropout: nothing,
  /** Of numbers that stay numbers. */
  Cast: nothing,
  Constant(operation) {
    return attributeOf(operation, "value")?.tensor ?? listed(operation);
  },
};

function resultOrConstant(operation: OnnxOperation): Result | Tensor {
  const constant = operation.values.constant(operation.node.inputs[0] ?? "");
  if (constant) return constant;
  const result = resultOf(operation, 0);
  return like(result, result.node);
}

/** Newer versions have single numbers and lists. */
function listed(operation: OnnxOperation): Tensor {
  const single = attributeOf(operation, "value_float")?.number ?? attributeOf(operation, "value_int")?.number;
  if (single != null) return { shape: [], data: Float32Array.of(single) };
  const lists = ["value_floats", "value_ints"].map((name) => attributeOf(operation, name)?.numbers ?? []);
  const list = lists.find(({ length }) => length > 0) ?? unread(operation, "value");
  return { shape: [list.length], data: Float32Array.from(list) };
}
