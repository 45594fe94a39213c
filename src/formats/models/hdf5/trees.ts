/** HDF5's B-trees, walked without recursion. Specification 3.0, III.A. */
import { type Cursor, damaged, type Hdf5Bytes } from "./file.ts";
import { bytesFor } from "./heaps.ts";

/** Of a group, and of an array's chunks. */
export type TreeKind = 0 | 1;

/**
 * The leaves of a tree of version 1: each with its key, where it begins, and its address.
 * @param keySize bytes of a key
 */
export function* leavesOf(
  file: Hdf5Bytes,
  root: number,
  kind: TreeKind,
  keySize: number,
): Generator<{ readonly key: Cursor; readonly address: number }> {
  const open = [root];
  const seen = new Set<number>();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) damaged(node);
    seen.add(node);
    const cursor = file.at(node);
    cursor.signature("TREE");
    if (cursor.u8() !== kind) damaged(node);
    const [level, entries] = [cursor.u8(), cursor.u16()];
    cursor.skip(2 * file.offsetSize);
    for (let entry = 0; entry < entries; entry++) {
      file.step();
      const key = file.at(cursor.skip(keySize));
      const address = cursor.address() ?? damaged(node);
      if (level > 0) open.push(address);
      else yield { key, address };
    }
  }
}

/** The records of a tree of version 2, each to be read from where its cursor stands. */
export function* recordsOf(file: Hdf5Bytes, address: number): Generator<Cursor> {
  const head = file.at(address);
  head.signature("BTHD");
  head.skip(2);
  const [nodeSize, recordSize, depth] = [head.u32(), head.u16(), head.u16()];
  head.skip(2);
  const root = head.address();
  const count = head.u16();
  if (root === null) return;
  if (!recordSize || depth > 32) damaged(address);
  const sizes = pointerSizes(file, { nodeSize, recordSize, depth });
  const open = [{ at: root, count, level: depth }];
  const seen = new Set<number>();
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node.at)) damaged(node.at);
    seen.add(node.at);
    const cursor = file.at(node.at, node.at + nodeSize);
    cursor.signature(node.level ? "BTIN" : "BTLF");
    cursor.skip(2);
    for (let record = 0; record < node.count; record++) {
      file.step();
      yield file.at(cursor.skip(recordSize), cursor.at);
    }
    for (let child = 0; node.level > 0 && child <= node.count; child++) {
      const at = cursor.address() ?? damaged(node.at);
      const records = cursor.uint(sizes.own);
      cursor.skip(sizes.total[node.level - 1] ?? 0);
      open.push({ at, count: records, level: node.level - 1 });
    }
  }
}

interface TreeShape {
  readonly nodeSize: number;
  readonly recordSize: number;
  readonly depth: number;
}

/** Bytes of a child's own number of records, and by the child's level of that of all below it. */
function pointerSizes(file: Hdf5Bytes, { nodeSize, recordSize, depth }: TreeShape) {
  const head = 10;
  const leaf = Math.floor((nodeSize - head) / recordSize);
  const own = bytesFor(leaf);
  const total = [0];
  let below = leaf;
  for (let level = 1; level <= depth; level++) {
    const pointer = file.offsetSize + own + (total[level - 1] ?? 0);
    const most = Math.floor((nodeSize - head - pointer) / (recordSize + pointer));
    below = (most + 1) * below + most;
    total.push(bytesFor(below));
  }
  return { own, total };
}
