/** TensorFlow Lite's graphs into networks; both have the channels last. */
import type { Network } from "../../../network/network.ts";
import { FormatError } from "../../errors.ts";
import { GraphBuilder, refuse } from "../graph-builder.ts";
import { joinLayerNorms } from "./layer-norm.ts";
import { type LiteModel, readLiteModel } from "./model.ts";
import { LiteOperation } from "./operation.ts";
import { OPERATIONS, SIZES_ONLY } from "./operations.ts";

export interface LiteNetwork {
  readonly network: Network;
  /** What this app's own exports say of themselves, as JSON; null in all others. */
  readonly description: string | null;
}

/**
 * Reads a TensorFlow Lite model of floating-point numbers with one input for photos and one output.
 *
 * @throws FormatError naming the node that is not known, or the byte that is wrong
 * @throws NetworkError when nodes do not fit each other, or are more than a network may have
 */
export function readLite(bytes: Uint8Array): LiteNetwork {
  const model = readLiteModel(bytes);
  const [input, ...otherInputs] = model.inputs;
  const [output, ...otherOutputs] = model.outputs;
  if (input === undefined || output === undefined || otherInputs.length || otherOutputs.length) {
    throw new FormatError({ code: "graph/ends" });
  }
  const builder = new GraphBuilder(photoInput(model, input));
  const results = new Map([[input, builder.input.name]]);
  const widened = new Map<number, number>();
  for (const operator of joinLayerNorms(model.operators)) {
    const name = builder.nameFor(model.tensors[operator.output]?.name ?? "");
    const operation = new LiteOperation({ operator, name, tensors: model.tensors, results, widened, builder });
    const [from = -1] = operator.inputs;
    if (operator.op === "DEQUANTIZE" && model.tensors[from]?.constant) {
      widened.set(operator.output, from);
      continue;
    }
    // What only works out a shape: tensors say theirs.
    if (SIZES_ONLY.has(operator.op)) continue;
    const translate = Object.hasOwn(OPERATIONS, operator.op) ? OPERATIONS[operator.op] : undefined;
    if (!translate) refuse(operation.origin, { code: "graph/unknown-operation" });
    results.set(operator.output, translate(operation));
  }
  const end = results.get(output);
  if (end === undefined || end === builder.input.name) throw new FormatError({ code: "graph/ends" });
  return { network: builder.finish("tflite", end), description: model.description };
}

function photoInput({ tensors }: LiteModel, input: number): { name: string; shape: readonly number[] } {
  const tensor = tensors[input];
  const [, ...shape] = tensor?.shape ?? [];
  if (!tensor || shape.length !== 3 || shape[2] !== 3) {
    throw new FormatError({ code: "model/not-for-photos", shape: tensor?.shape ?? [] });
  }
  return { name: tensor.name, shape };
}
