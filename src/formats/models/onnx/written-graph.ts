/** An ONNX graph as it is put together: nodes and constants, by the messages of `onnx.proto` (IR version 8). */
import type { Weight } from "../../../network/network.ts";
import { ProtobufMessage } from "./written-message.ts";

export type OnnxAttribute = number | readonly number[] | { readonly float: number } | string;

/** `TensorProto.DataType`. */
export const ONNX_TYPES = { float: 1, uint8: 2, int64: 7 };

/** The name that a model gives to however many photos it gets. */
const BATCH = "batch";

const ATTRIBUTE_TYPES = { float: 1, int: 2, text: 3, ints: 7 };

export class OnnxGraph {
  readonly #nodes: ProtobufMessage[] = [];
  readonly #constants = new Map<string, ProtobufMessage>();

  /** Adds a node with one result, which has the node's name. @returns the name */
  node(
    operation: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): string {
    const node = new ProtobufMessage();
    for (const input of inputs) node.text(1, input);
    node.text(2, name).text(3, name).text(4, operation);
    for (const [key, value] of Object.entries(attributes)) node.message(5, attributeOf(key, value));
    this.#nodes.push(node);
    return name;
  }

  /** Adds a constant of 32-bit floats. @returns its name */
  floats(name: string, { shape, data }: Weight): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return this.#constant(name, shape, ONNX_TYPES.float, bytes);
  }

  /** Adds a list of whole numbers. @returns its name */
  ints(name: string, values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#constant(name, [values.length], ONNX_TYPES.int64, new Uint8Array(data.buffer));
  }

  /** As `GraphProto`. */
  toMessage(
    name: string,
    input: { readonly name: string; readonly type: number; readonly shape: readonly number[] },
    output: { readonly name: string; readonly shape: readonly number[] },
  ): ProtobufMessage {
    const graph = new ProtobufMessage();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, name);
    for (const constant of this.#constants.values()) graph.message(5, constant);
    return graph
      .message(11, describedValue(input.name, input.type, input.shape))
      .message(12, describedValue(output.name, ONNX_TYPES.float, output.shape));
  }

  #constant(name: string, shape: readonly number[], type: number, bytes: Uint8Array): string {
    const tensor = new ProtobufMessage().ints(1, shape).int(2, type).text(8, name).bytes(9, bytes);
    this.#constants.set(name, tensor);
    return name;
  }
}

function attributeOf(name: string, value: OnnxAttribute): ProtobufMessage {
  const attribute = new ProtobufMessage().text(1, name);
  if (typeof value === "number") return attribute.int(3, value).int(20, ATTRIBUTE_TYPES.int);
  if (typeof value === "string") return attribute.text(4, value).int(20, ATTRIBUTE_TYPES.text);
  if ("float" in value) return attribute.float(2, value.float).int(20, ATTRIBUTE_TYPES.float);
  return attribute.ints(8, value).int(20, ATTRIBUTE_TYPES.ints);
}

/** As `ValueInfoProto`. @param shape of one sample */
function describedValue(name: string, type: number, shape: readonly number[]): ProtobufMessage {
  const dimensions = new ProtobufMessage().message(1, new ProtobufMessage().text(2, BATCH));
  for (const length of shape) dimensions.message(1, new ProtobufMessage().int(1, length));
  const tensor = new ProtobufMessage().int(1, type).message(2, dimensions);
  return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
}
