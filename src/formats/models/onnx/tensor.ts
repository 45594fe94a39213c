/** ONNX's tensors: weights, and the small arrays of whole numbers that say what operations do. */
import type { Weight } from "../../../network/network.ts";
import { FormatError } from "../../errors.ts";
import { damaged, type Protobuf, type Span } from "./protobuf.ts";

/** Its numbers as float32, whatever they are kept in; whole numbers are exact up to 2^24. */
export type Tensor = Weight;

/** The bytes of a file that was given with the model, by its name; undefined when there is none. */
export type WeightFiles = (name: string) => Uint8Array | undefined;

const FLOAT = 1;
const INT32 = 6;
const INT64 = 7;
const DOUBLE = 11;
const BYTES: Readonly<Record<number, number>> = { [FLOAT]: 4, [INT32]: 4, [INT64]: 8, [DOUBLE]: 8 };

/** @throws FormatError when it holds other numbers than its shape says, or numbers that are not read */
export function readTensor(file: Protobuf, span: Span, beside: WeightFiles): { name: string; tensor: Tensor } {
  const dimensions: number[] = [];
  let [name, type, isOutside] = ["", 0, false];
  let raw: Span | null = null;
  const outside = new Map<string, string>();
  const listed: Span[] = [];
  const single: number[] = [];
  for (const field of file.fields(span)) {
    const { number, value, span: own } = field;
    if (number === 1) dimensions.push(...(own.at === own.end ? [value] : take(file.varints(own), 8)));
    else if (number === 2) type = value;
    else if (number === 8) name = file.text(own);
    else if (number === 9) raw = own;
    else if (number === 13) addEntry(file, own, outside);
    else if (number === 14) isOutside = value === 1;
    else if ([4, 5, 7, 10].includes(number)) {
      if (own.at === own.end) single.push(value);
      else listed.push(own);
    }
  }
  const size = BYTES[type];
  if (size === undefined) throw new FormatError({ code: "graph/tensor-type", tensor: name, type });
  const count = dimensions.reduce((product, length) => product * length, 1);
  if (dimensions.length > 8 || dimensions.some((length) => !(length >= 0))) damaged(span.at);
  const wrong = () => damaged(span.at);
  let data: Float32Array;
  if (isOutside) data = decode(outsideBytes(name, outside, beside, count * size), type);
  else if (raw) {
    if (raw.end - raw.at !== count * size) wrong();
    data = decode(file.bytes.subarray(raw.at, raw.end), type);
  } else {
    data = Float32Array.from(listed.length ? listedNumbers(file, listed, type, count) : single);
  }
  if (data.length !== count) wrong();
  return { name, tensor: { shape: dimensions, data } };
}

function addEntry(file: Protobuf, span: Span, entries: Map<string, string>): void {
  let [key, value] = ["", ""];
  for (const { number, span: text } of file.fields(span)) {
    if (number === 1) key = file.text(text);
    if (number === 2) value = file.text(text);
  }
  entries.set(key, value);
}

function outsideBytes(
  tensor: string,
  entries: ReadonlyMap<string, string>,
  beside: WeightFiles,
  size: number,
): Uint8Array {
  const name = (entries.get("location") ?? "").split("/").at(-1) ?? "";
  const bytes = beside(name);
  if (!bytes) throw new FormatError({ code: "model/weight-file-missing", file: name });
  const offset = Number(entries.get("offset") ?? 0);
  const length = Number(entries.get("length") ?? size);
  if (!(Number.isSafeInteger(offset) && offset >= 0 && length === size && offset + length <= bytes.length)) {
    throw new FormatError({ code: "graph/beyond-end", tensor, bytes: bytes.length });
  }
  return bytes.subarray(offset, offset + length);
}

/** Numbers that are listed one by one, packed. */
function listedNumbers(file: Protobuf, spans: readonly Span[], type: number, count: number): Float32Array {
  const isFixed = type === FLOAT || type === DOUBLE;
  const numbers = new Float32Array(count <= file.bytes.length ? count : 0);
  let at = 0;
  for (const span of spans) {
    const values = isFixed ? decode(file.bytes.subarray(span.at, span.end), type) : file.varints(span);
    for (const value of values) {
      if (at >= numbers.length) damaged(span.at);
      numbers[at++] = value;
    }
  }
  return numbers.subarray(0, at);
}

function decode(bytes: Uint8Array, type: number): Float32Array {
  const size = BYTES[type] ?? 1;
  const count = Math.floor(bytes.length / size);
  if (type === FLOAT && bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, count);
  const copy = bytes.slice(0, count * size).buffer;
  if (type === FLOAT) return new Float32Array(copy);
  if (type === INT32) return Float32Array.from(new Int32Array(copy));
  if (type === DOUBLE) return Float32Array.from(new Float64Array(copy));
  return Float32Array.from(new BigInt64Array(copy), Number);
}

function take(values: Iterable<number>, most: number): number[] {
  const taken: number[] = [];
  for (const value of values) {
    taken.push(value);
    if (taken.length > most) break;
  }
  return taken;
}
