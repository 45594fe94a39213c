/** Where HDF5 keeps names and texts: local, global and fractal heaps. Specification 3.0, III.D to III.G. */
import { type Cursor, damaged, type Hdf5Bytes, unsupported } from "./file.ts";

/** The names of an old group's links, by their places in its heap. */
export function readLocalHeap(file: Hdf5Bytes, address: number): (offset: number) => string {
  const cursor = file.at(address);
  cursor.signature("HEAP");
  cursor.skip(4);
  const size = cursor.length();
  cursor.length();
  const start = cursor.address() ?? damaged(address);
  const end = start + size;
  return (offset) => {
    const name = file.at(start + offset, end);
    let length = 0;
    while (length < name.left && file.view.getUint8(name.at + length) !== 0) length++;
    return name.text(length);
  };
}

interface Place {
  readonly at: number;
  readonly end: number;
}

/** Texts of variable length lie in collections, each under a number. */
export class GlobalHeaps {
  readonly #file: Hdf5Bytes;
  readonly #collections = new Map<number, ReadonlyMap<number, Place>>();

  constructor(file: Hdf5Bytes) {
    this.#file = file;
  }

  object(address: number, index: number): Place {
    let collection = this.#collections.get(address);
    if (!collection) {
      collection = readCollection(this.#file, address);
      this.#collections.set(address, collection);
    }
    return collection.get(index) ?? damaged(address);
  }
}

function readCollection(file: Hdf5Bytes, address: number): ReadonlyMap<number, Place> {
  const head = file.at(address);
  head.signature("GCOL");
  head.skip(4);
  const cursor = file.at(address, address + head.length());
  cursor.skip(8 + file.lengthSize);
  const objects = new Map<number, Place>();
  while (cursor.left >= 8 + file.lengthSize) {
    file.step();
    const index = cursor.u16();
    // Number 0 is the room that is left.
    if (index === 0) break;
    cursor.skip(6);
    const size = cursor.length();
    const at = cursor.skip(size);
    objects.set(index, { at, end: at + size });
    cursor.skip(Math.min(cursor.left, (8 - (size % 8)) % 8));
  }
  return objects;
}

/** What a fractal heap's header says of its blocks. */
interface Heap {
  readonly idSize: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly width: number;
  readonly start: number;
  readonly largestDirect: number;
  readonly root: number;
  /** 0 when the root is a direct block. */
  readonly rows: number;
}

/** Links and attributes of new groups that have many. Gives an object's place by its id. */
export function readFractalHeap(file: Hdf5Bytes, address: number): (id: Cursor) => Place {
  const heap = heapHeader(file, address);
  return (id) => {
    const { end: idEnd } = { end: id.at + heap.idSize };
    const kind = (id.u8() >> 4) & 3;
    if (kind !== 0) unsupported("huge and tiny heap objects");
    const offset = id.uint(heap.offsetBytes);
    const length = id.uint(heap.lengthBytes);
    id.skip(Math.max(0, idEnd - id.at));
    const at = locate(file, heap, offset);
    return { at, end: at + length };
  };
}

function heapHeader(file: Hdf5Bytes, address: number): Heap {
  const cursor = file.at(address);
  cursor.signature("FRHP");
  cursor.skip(1);
  const idSize = cursor.u16();
  if (cursor.u16() > 0) unsupported("filtered heaps");
  cursor.skip(1);
  const largestManaged = cursor.u32();
  // Numbers of huge and tiny objects, and of free room.
  cursor.skip(10 * file.lengthSize + 2 * file.offsetSize);
  const width = cursor.u16();
  const [start, largestDirect] = [cursor.length(), cursor.length()];
  const offsetBytes = Math.ceil(cursor.u16() / 8);
  cursor.skip(2);
  const root = cursor.address() ?? damaged(address);
  const rows = cursor.u16();
  const lengthBytes = Math.min(bytesFor(largestDirect), bytesFor(largestManaged));
  if (!width || !start || offsetBytes > 8) damaged(address);
  return { idSize, offsetBytes, lengthBytes, width, start, largestDirect, root, rows };
}

/** Walks down the doubling table to the direct block that holds the offset; offsets count the blocks' own heads too. */
function locate(file: Hdf5Bytes, heap: Heap, offset: number): number {
  const { width, start, largestDirect, offsetBytes } = heap;
  let [block, rows, left] = [heap.root, heap.rows, offset];
  for (let depth = 0; rows > 0; depth++) {
    if (depth > 64) damaged(block);
    file.step();
    let [row, size] = [0, start];
    while (row < rows && left >= size * width) {
      left -= size * width;
      if (row > 0) size *= 2;
      row += 1;
    }
    if (row >= rows) damaged(block);
    const column = Math.floor(left / size);
    left -= column * size;
    const cursor = file.at(block);
    cursor.signature("FHIB");
    cursor.skip(1 + file.offsetSize + offsetBytes + (row * width + column) * file.offsetSize);
    block = cursor.address() ?? damaged(block);
    rows = size <= largestDirect ? 0 : Math.round(Math.log2(size / (start * width))) + 1;
  }
  file.at(block).signature("FHDB");
  return block + left;
}

/** Bytes that hold numbers up to this one. */
export function bytesFor(most: number): number {
  return most < 1 ? 1 : Math.floor(Math.log2(most) / 8) + 1;
}
