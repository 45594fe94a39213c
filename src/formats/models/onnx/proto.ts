/** ONNX's messages, as far as networks need them. https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3 */
import { MAX_ARRAYS, MAX_NODES } from "../../../network/budget.ts";
import { NetworkError } from "../../../network/errors.ts";
import { FormatError } from "../../errors.ts";
import { type Field, Protobuf, type Span } from "./protobuf.ts";
import { readTensor, type Tensor, type WeightFiles } from "./tensor.ts";

/** The key of what this app's exports say of a classifier, among a model's metadata. */
export const DESCRIPTION = "headstart";

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxAttribute {
  readonly number: number | null;
  readonly numbers: readonly number[];
  readonly text: string | null;
  readonly tensor: Tensor | null;
}

export interface OnnxModel {
  readonly name: string;
  /** Version of ONNX's own operations. */
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Inputs and outputs with their dimensions, 0 for those that are open. */
  readonly inputs: ReadonlyMap<string, readonly number[]>;
  readonly outputs: readonly string[];
  /** What this app's own exports say of themselves, as JSON; null in all others. */
  readonly description: string | null;
}

/**
 * @param beside files in which a large model keeps its weights
 * @throws FormatError when the bytes are no ONNX model
 */
export function readOnnxModel(bytes: Uint8Array, beside: WeightFiles): OnnxModel {
  const file = new Protobuf(bytes);
  let graph: Span | null = null;
  let opset = 1;
  let description: string | null = null;
  for (const field of file.fields(file.whole)) {
    if (field.number === 7) graph = field.span;
    if (field.number === 8) opset = Math.max(opset, ownVersion(file, field.span));
    if (field.number === 14) description ??= descriptionIn(file, field.span);
  }
  if (!graph) throw new FormatError({ code: "graph/damaged-file", byte: 0 });
  return { opset, description, ...readGraph(file, graph, beside) };
}

/** Whether bytes may be an ONNX model, which has no signature: its first field is its version, a small number. */
export function mayBeOnnx(bytes: Uint8Array): boolean {
  return bytes[0] === 0x08 && (bytes[1] ?? 0) > 0 && (bytes[1] ?? 0) < 64 && bytes.length > 16;
}

/** Operations of other makers have a domain. */
function ownVersion(file: Protobuf, span: Span): number {
  let [domain, version] = ["", 0];
  for (const { number, value, span: text } of file.fields(span)) {
    if (number === 1) domain = file.text(text);
    if (number === 2) version = value;
  }
  return domain === "" || domain === "ai.onnx" ? version : 0;
}

/** An entry of the metadata. @returns null where it is another one */
function descriptionIn(file: Protobuf, span: Span): string | null {
  let [key, text] = ["", ""];
  for (const field of file.fields(span)) {
    if (field.number === 1) key = file.text(field.span);
    if (field.number === 2) text = file.text(field.span);
  }
  return key === DESCRIPTION ? text : null;
}

function readGraph(file: Protobuf, graph: Span, beside: WeightFiles): Omit<OnnxModel, "opset" | "description"> {
  let name = "";
  const nodes: OnnxNode[] = [];
  const tensors = new Map<string, Tensor>();
  const inputs = new Map<string, readonly number[]>();
  const outputs: string[] = [];
  for (const { number, span } of file.fields(graph)) {
    if (number === 1) nodes.push(readNode(file, span, beside));
    else if (number === 2) name = file.text(span);
    else if (number === 5) {
      const { name: own, tensor } = readTensor(file, span, beside);
      tensors.set(own, tensor);
    } else if (number === 11) {
      const input = readValue(file, span);
      inputs.set(input.name, input.shape);
    } else if (number === 12) outputs.push(readValue(file, span).name);
    if (nodes.length > MAX_NODES) throw new NetworkError({ code: "network/too-many-nodes", most: MAX_NODES });
    if (tensors.size > MAX_ARRAYS) throw new FormatError({ code: "model/too-many-arrays", most: MAX_ARRAYS });
  }
  // Older files list their weights among the inputs too.
  for (const own of tensors.keys()) inputs.delete(own);
  return { name, nodes, tensors, inputs, outputs };
}

function readNode(file: Protobuf, span: Span, beside: WeightFiles): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let [name, op, domain] = ["", "", ""];
  for (const field of file.fields(span)) {
    if (field.number === 1) inputs.push(file.text(field.span));
    else if (field.number === 2) outputs.push(file.text(field.span));
    else if (field.number === 3) name = file.text(field.span);
    else if (field.number === 4) op = file.text(field.span);
    else if (field.number === 5) {
      const attribute = readAttribute(file, field.span, beside);
      attributes.set(attribute.name, attribute);
    } else if (field.number === 7) domain = file.text(field.span);
  }
  const isOwn = domain === "" || domain === "ai.onnx";
  return { name: name || (outputs[0] ?? ""), op: isOwn ? op : `${domain}.${op}`, inputs, outputs, attributes };
}

function readAttribute(file: Protobuf, span: Span, beside: WeightFiles): OnnxAttribute & { readonly name: string } {
  let [name, number, text, tensor] = ["", null as number | null, null as string | null, null as Tensor | null];
  const numbers: number[] = [];
  for (const field of file.fields(span)) {
    if (field.number === 1) name = file.text(field.span);
    else if (field.number === 2 || field.number === 3) number = field.value;
    else if (field.number === 4) text = file.text(field.span);
    else if (field.number === 5) tensor = readTensor(file, field.span, beside).tensor;
    else if (field.number === 7) addFloats(file, field, numbers);
    else if (field.number === 8) addIntegers(file, field, numbers);
  }
  return { name, number, numbers, text, tensor };
}

function addFloats(file: Protobuf, { span, value }: Field, numbers: number[]): void {
  if (span.at === span.end) return void numbers.push(value);
  const view = new DataView(file.bytes.buffer, file.bytes.byteOffset);
  for (let at = span.at; at + 4 <= span.end; at += 4) numbers.push(view.getFloat32(at, true));
}

function addIntegers(file: Protobuf, { span, value }: Field, numbers: number[]): void {
  if (span.at === span.end) return void numbers.push(value);
  for (const each of file.varints(span)) numbers.push(each);
}

/** An input's or output's name and dimensions. */
function readValue(file: Protobuf, span: Span): { readonly name: string; readonly shape: readonly number[] } {
  let name = "";
  const shape: number[] = [];
  const within = (outer: Span, number: number): Span[] =>
    [...file.fields(outer)].filter((field) => field.number === number).map((field) => field.span);
  for (const field of file.fields(span)) {
    if (field.number === 1) name = file.text(field.span);
    if (field.number !== 2) continue;
    const dimensions = within(field.span, 1)
      .flatMap((type) => within(type, 2))
      .flatMap((all) => within(all, 1));
    for (const dimension of dimensions) {
      const known = [...file.fields(dimension)].find(({ number }) => number === 1);
      shape.push(known?.value ?? 0);
    }
  }
  return { name, shape };
}
