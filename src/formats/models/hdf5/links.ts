/** What a group holds: the names and places of its members. Specification 3.0, IV.A.2.g and c. */
import { damaged, type Hdf5Bytes } from "./file.ts";
import { readFractalHeap, readLocalHeap } from "./heaps.ts";
import { MESSAGE, type Message } from "./object-header.ts";
import { leavesOf, recordsOf } from "./trees.ts";

export function isGroup(messages: readonly Message[]): boolean {
  const kinds: readonly number[] = [MESSAGE.symbolTable, MESSAGE.linkInfo, MESSAGE.link];
  return messages.some(({ type }) => kinds.includes(type));
}

/** Places of the members' object headers by name, in the order of their names as HDF5 keeps it. Links elsewhere are left out. */
export function readLinks(file: Hdf5Bytes, messages: readonly Message[]): ReadonlyMap<string, number> {
  const links = new Map<string, number>();
  const add = (link: Link | null) => {
    file.step();
    if (link) links.set(link.name, link.address);
  };
  for (const { type, at, end } of messages) {
    if (type === MESSAGE.link) add(readLink(file, at, end));
    if (type === MESSAGE.symbolTable) for (const link of oldLinks(file, at, end)) add(link);
    if (type === MESSAGE.linkInfo) for (const link of manyLinks(file, at, end)) add(link);
  }
  return links;
}

interface Link {
  readonly name: string;
  readonly address: number;
}

function* oldLinks(file: Hdf5Bytes, at: number, end: number): Generator<Link> {
  const cursor = file.at(at, end);
  const [tree, heap] = [cursor.address(), cursor.address()];
  if (tree === null || heap === null) return;
  const nameAt = readLocalHeap(file, heap);
  const nodes = [...leavesOf(file, tree, 0, file.lengthSize)].map(({ address }) => address);
  for (const address of nodes) {
    const node = file.at(address);
    node.signature("SNOD");
    node.skip(2);
    const count = node.u16();
    for (let entry = 0; entry < count; entry++) {
      const name = nameAt(node.uint(file.offsetSize));
      const header = node.address();
      // What is kept of it for speed, and reserved.
      node.skip(24);
      if (header !== null) yield { name, address: header };
    }
  }
}

function* manyLinks(file: Hdf5Bytes, at: number, end: number): Generator<Link | null> {
  const cursor = file.at(at, end);
  cursor.skip(1);
  if (cursor.u8() & 1) cursor.skip(8);
  const [heap, tree] = [cursor.address(), cursor.address()];
  if (heap === null || tree === null) return;
  const placeOf = readFractalHeap(file, heap);
  for (const record of recordsOf(file, tree)) {
    // In front stands the hash of its name.
    record.skip(4);
    const place = placeOf(record);
    yield readLink(file, place.at, place.end);
  }
}

function readLink(file: Hdf5Bytes, at: number, end: number): Link | null {
  const cursor = file.at(at, end);
  if (cursor.u8() !== 1) damaged(at);
  const flags = cursor.u8();
  const isHard = !(flags & 8) || cursor.u8() === 0;
  if (flags & 4) cursor.skip(8);
  if (flags & 16) cursor.skip(1);
  const name = cursor.text(cursor.uint(1 << (flags & 3)));
  if (!isHard) return null;
  const address = cursor.address();
  return address === null ? null : { name, address };
}
