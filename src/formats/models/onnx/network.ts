/** ONNX graphs into networks: photos and maps, which ONNX has channels first, become channels last. */
import type { Network } from "../../../network/network.ts";
import { FormatError } from "../../errors.ts";
import { GraphBuilder, refuse } from "../graph-builder.ts";
import { OPERATIONS } from "./operations.ts";
import { type OnnxModel, type OnnxNode, readOnnxModel } from "./proto.ts";
import type { Tensor, WeightFiles } from "./tensor.ts";
import { type Layout, type OnnxOperation, type Result, Values } from "./values.ts";

export interface OnnxNetwork {
  readonly network: Network;
  /** Whether its input has the channels first, as PyTorch's photos have. */
  readonly channelsFirst: boolean;
  /** What this app's own exports say of themselves, as JSON; null in all others. */
  readonly description: string | null;
}

/**
 * Reads an ONNX model with one input for photos and one output.
 *
 * @param beside files in which a large model keeps its weights
 * @throws FormatError naming the node that is not known, or the byte that is wrong
 * @throws NetworkError when nodes do not fit each other, or are more than a network may have
 */
export function readOnnx(bytes: Uint8Array, beside: WeightFiles): OnnxNetwork {
  const model = readOnnxModel(bytes, beside);
  const [output, ...more] = model.outputs;
  const { name, shape, layout } = photoInput(model);
  if (output === undefined || more.length) throw new FormatError({ code: "graph/ends" });
  const builder = new GraphBuilder({ name, shape });
  const values = new Values(builder, model.tensors);
  const photo = builder.input.name;
  values.set(name, { kind: "result", node: photo, layout, flattened: null });
  for (const node of model.nodes) values.set(node.outputs[0] ?? "", translate(node, values, model.opset));
  const end = values.result(output);
  if (!end || end.node === photo) throw new FormatError({ code: "graph/ends" });
  return {
    network: builder.finish(model.name || "onnx", end.node),
    channelsFirst: layout === "channels first",
    description: model.description,
  };
}

function photoInput({ inputs }: OnnxModel): { name: string; shape: number[]; layout: Layout } {
  const [first, ...more] = inputs;
  if (!first || more.length) throw new FormatError({ code: "graph/ends" });
  const [name, dimensions] = first;
  const [, ...lengths] = dimensions;
  const channelsFirst = lengths[0] === 3 && lengths[2] !== 3;
  const [height = 0, width = 0, channels = 0] = channelsFirst ? [...lengths.slice(1), 3] : lengths;
  if (dimensions.length !== 4 || channels !== 3) {
    throw new FormatError({ code: "model/not-for-photos", shape: dimensions });
  }
  const origin = { name, op: "input" };
  if (!(height > 0 && width > 0)) refuse(origin, { code: "graph/open-size" });
  return { name, shape: [height, width, channels], layout: channelsFirst ? "channels first" : "channels last" };
}

function translate(node: OnnxNode, values: Values, opset: number): Result | Tensor {
  const translator = Object.hasOwn(OPERATIONS, node.op) ? OPERATIONS[node.op] : undefined;
  if (!translator) refuse({ name: node.name, op: node.op }, { code: "graph/unknown-operation" });
  const { builder } = values;
  // Results have names of their own; nodes may have none.
  const operation: OnnxOperation = { node, opset, name: builder.nameFor(node.outputs[0] ?? ""), values, builder };
  return translator(operation);
}
