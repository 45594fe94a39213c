/** Arrays of float32, in one piece or in packed chunks. Specification 3.0, IV.A.2.i and l, VII. */
import { Unzlib } from "fflate";
import { FormatError } from "../../errors.ts";
import { damaged, type Hdf5Bytes, unsupported } from "./file.ts";
import { MESSAGE, type Message } from "./object-header.ts";
import { leavesOf } from "./trees.ts";
import { type ElementType, readShape, readType, volume } from "./types.ts";

export interface ArrayHeader {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly layout: Message;
  readonly filters: Message | undefined;
}

/** null for what is no array. */
export function readArrayHeader(file: Hdf5Bytes, messages: readonly Message[]): ArrayHeader | null {
  const find = (type: number) => messages.find((message) => message.type === type);
  const [space, type, layout] = [find(MESSAGE.dataspace), find(MESSAGE.datatype), find(MESSAGE.layout)];
  const shape = space && readShape(file.at(space.at, space.end));
  if (!type || !layout || !shape) return null;
  return { shape, type: readType(file.at(type.at, type.end)), layout, filters: find(MESSAGE.filters) };
}

type Storage =
  | { readonly kind: "whole"; readonly at: number | null; readonly size: number }
  | { readonly kind: "chunks"; readonly tree: number | null; readonly chunk: readonly number[] };

/**
 * An array's numbers. They share the file's memory where they lie in one piece at a multiple of four bytes.
 *
 * Nothing is made before the file was found to hold it: as many bytes as the shape says, or chunks for all of it.
 */
export function readFloats(file: Hdf5Bytes, header: ArrayHeader): Float32Array<ArrayBuffer> | "beyond-end" {
  const count = volume(header.shape);
  const storage = readStorage(file, header.layout);
  if (count === 0) return new Float32Array();
  if (storage.kind === "chunks") return readChunks(file, header, storage);
  const { at, size } = storage;
  if (at === null || !(size >= 4 * count)) return "beyond-end";
  if (at + 4 * count > file.bytes.length) return "beyond-end";
  const { buffer, byteOffset } = file.bytes;
  const place = byteOffset + at;
  return place % 4 === 0
    ? new Float32Array(buffer, place, count)
    : new Float32Array(buffer.slice(place, place + 4 * count));
}

function readStorage(file: Hdf5Bytes, { at, end }: Message): Storage {
  const cursor = file.at(at, end);
  const version = cursor.u8();
  if (version === 1 || version === 2) {
    const rank = cursor.u8();
    const kind = cursor.u8();
    cursor.skip(5);
    const address = kind === 0 ? null : cursor.address();
    const lengths = Array.from({ length: rank }, () => cursor.u32());
    if (kind === 2) return { kind: "chunks", tree: address, chunk: lengths.slice(0, -1) };
    if (kind === 1) return { kind: "whole", at: address, size: volume(lengths) };
    const size = cursor.u32();
    return { kind: "whole", at: cursor.skip(size), size };
  }
  if (version !== 3 && version !== 4) unsupported(`data layouts of version ${version}`);
  const kind = cursor.u8();
  if (kind === 0) {
    const size = cursor.u16();
    return { kind: "whole", at: cursor.skip(size), size };
  }
  if (kind === 1) return { kind: "whole", at: cursor.address(), size: cursor.length() };
  if (kind !== 2 || version === 4) unsupported(kind === 2 ? "chunks of version 4" : "virtual arrays");
  const rank = cursor.u8();
  const tree = cursor.address();
  return { kind: "chunks", tree, chunk: Array.from({ length: rank - 1 }, () => cursor.u32()) };
}

function readChunks(
  file: Hdf5Bytes,
  { shape, filters, layout }: ArrayHeader,
  { tree, chunk }: Extract<Storage, { readonly kind: "chunks" }>,
): Float32Array<ArrayBuffer> | "beyond-end" {
  const bytes = 4 * volume(chunk);
  if (chunk.length !== shape.length || !(bytes > 0)) damaged(layout.at);
  if (tree === null) return "beyond-end";
  const needed = volume(shape.map((length, axis) => Math.ceil(length / (chunk[axis] ?? 1))));
  const undo = readFilters(file, filters);
  // Chunks that are missing would be zeros; nobody saves weights so, and a shape alone costs nothing to write.
  const chunks = [];
  for (const leaf of leavesOf(file, tree, 1, 8 * (shape.length + 2))) chunks.push(leaf);
  if (chunks.length !== needed) return "beyond-end";
  file.unpack(4 * volume(shape) + bytes);
  const data = new Float32Array(volume(shape));
  for (const { key, address } of chunks) {
    const stored = key.u32();
    if (key.u32() !== 0) unsupported("chunks that skip a filter");
    const from = shape.map(() => key.uint(8));
    file.unpack(bytes);
    const unpacked = undo(file.at(address).bytes(stored), bytes);
    if (unpacked.length !== bytes) damaged(address);
    place(data, shape, new Float32Array(unpacked.slice().buffer), { chunk, from });
  }
  return data;
}

/** Copies a chunk to where it belongs, row by row; what reaches over the array's edges is left out. */
function place(
  data: Float32Array,
  shape: readonly number[],
  values: Float32Array,
  { chunk, from }: { readonly chunk: readonly number[]; readonly from: readonly number[] },
): void {
  const axis = shape.length - 1;
  const row = chunk[axis] ?? 1;
  const start = from[axis] ?? 0;
  const width = Math.min(row, (shape[axis] ?? 1) - start);
  for (let at = 0; at < values.length && width > 0; at += row) {
    let [rest, target, stride, isWithin] = [at / row, start, shape[axis] ?? 1, true];
    for (let dimension = axis - 1; dimension >= 0; dimension--) {
      const length = chunk[dimension] ?? 1;
      const position = (from[dimension] ?? 0) + (rest % length);
      isWithin &&= position < (shape[dimension] ?? 1);
      target += position * stride;
      stride *= shape[dimension] ?? 1;
      rest = Math.floor(rest / length);
    }
    if (isWithin) data.set(values.subarray(at, at + width), target);
  }
}

type Undo = (packed: Uint8Array<ArrayBuffer>, bytes: number) => Uint8Array<ArrayBuffer>;

/** What undoes the filters, last one first. */
function readFilters(file: Hdf5Bytes, message: Message | undefined): Undo {
  if (!message) return (packed) => packed;
  const cursor = file.at(message.at, message.end);
  const [version, count] = [cursor.u8(), cursor.u8()];
  if (version === 1) cursor.skip(6);
  const undo: Undo[] = [];
  for (let filter = 0; filter < count; filter++) {
    const id = cursor.u16();
    const name = version === 1 || id >= 256 ? cursor.u16() : 0;
    cursor.skip(2);
    const values = cursor.u16();
    cursor.skip(version === 1 ? Math.ceil(name / 8) * 8 : name);
    cursor.skip(4 * (values + (version === 1 ? values % 2 : 0)));
    undo.unshift(FILTERS[id] ?? unsupported(`filter ${id}`));
  }
  return (packed, bytes) => undo.reduce((data, step) => step(data, bytes), packed);
}

const FILTERS: Readonly<Record<number, Undo>> = { 1: inflate, 2: unshuffle, 3: (data) => data.subarray(0, -4) };

/** Packed bytes that are looked at at a time: deflate makes at most 1,032 bytes of one. */
const PIECE = 16_384;

function inflate(packed: Uint8Array<ArrayBuffer>, bytes: number): Uint8Array<ArrayBuffer> {
  // A checksum of four bytes may stand behind the numbers.
  const whole = new Uint8Array(bytes + 4);
  let length = 0;
  const unzlib = new Unzlib((part) => {
    if (length + part.length > whole.length) damaged(packed.byteOffset);
    whole.set(part, length);
    length += part.length;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE) {
      unzlib.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch (error) {
    if (error instanceof FormatError) throw error;
    damaged(packed.byteOffset);
  }
  return whole.subarray(0, length);
}

/** All first bytes of the numbers, then all second ones, and so on. */
function unshuffle(data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const count = Math.floor(data.length / 4);
  const whole = new Uint8Array(data.length);
  for (let byte = 0; byte < 4; byte++) {
    for (let at = 0; at < count; at++) whole[4 * at + byte] = data[byte * count + at] ?? 0;
  }
  whole.set(data.subarray(4 * count), 4 * count);
  return whole;
}
