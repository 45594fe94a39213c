/** Writes HDF5 files as far as Keras reads them: groups, their texts, and arrays of float32. File Format Specification 3.0. */
import type { Weight } from "../../../network/network.ts";
import { type Field, fields } from "../../fields.ts";
import { lookup3 } from "./lookup3.ts";
import { MESSAGE } from "./object-header.ts";
import { SIGNATURE } from "./superblock.ts";

/** A group to be written, member by member. */
export class NewGroup {
  readonly attributes = new Map<string, string | readonly string[]>();
  readonly members = new Map<string, NewGroup | Weight>();

  /** The group of that name, which is made where it is not there. @param path with `/` between names */
  group(path: string): NewGroup {
    const [name = "", ...rest] = path.split("/");
    const known = this.members.get(name);
    const group = known instanceof NewGroup ? known : new NewGroup();
    this.members.set(name, group);
    return rest.length ? group.group(rest.join("/")) : group;
  }

  /** @param name without `/` */
  array(name: string, weight: Weight): void {
    this.members.set(name, weight);
  }

  attribute(name: string, value: string | readonly string[]): void {
    this.attributes.set(name, value);
  }
}

/**
 * The file's bytes, part by part. Those of the arrays are the arrays' own memory, which is not copied.
 * @throws RangeError when a list of texts is longer than an attribute can be
 */
export function writeHdf5(root: NewGroup): Uint8Array[] {
  const file = new Parts();
  const place = writeGroup(file, root);
  // II.A: version 2, addresses and lengths of eight bytes.
  const superblock = fields(
    Uint8Array.from(SIGNATURE),
    [1, 2],
    [1, 8],
    [1, 8],
    [1, 0],
    [8, 0],
    NOWHERE,
    [8, file.length],
    [8, place],
  );
  return [withChecksum(superblock), ...file.parts];
}

/** Of a superblock of version 2. */
const SUPERBLOCK_BYTES = 48;
/** The address of what there is none of. */
const NOWHERE = new Uint8Array(8).fill(255);
const text = new TextEncoder();

/** What comes behind the superblock: each part begins at a multiple of eight bytes. */
class Parts {
  readonly parts: Uint8Array[] = [];
  length = SUPERBLOCK_BYTES;

  /** @returns where the bytes begin in the file */
  add(bytes: Uint8Array): number {
    const place = this.length;
    const padding = new Uint8Array(-bytes.length & 7);
    this.parts.push(bytes, padding);
    this.length += bytes.length + padding.length;
    return place;
  }
}

type NewMessage = readonly [type: number, body: Uint8Array];

function writeGroup(file: Parts, { members, attributes }: NewGroup): number {
  const links = [...members].map(([name, member]): NewMessage => {
    const place = member instanceof NewGroup ? writeGroup(file, member) : writeArray(file, member);
    const bytes = text.encode(name);
    // IV.A.2.g: a hard link whose name is UTF-8 and has a length of four bytes.
    return [MESSAGE.link, fields([1, 1], [1, 0x12], [1, 1], [4, bytes.length], bytes, [8, place])];
  });
  return writeObject(file, [
    [MESSAGE.linkInfo, fields([1, 0], [1, 0], NOWHERE, NOWHERE)],
    [GROUP_INFO, fields([1, 0], [1, 0])],
    ...links,
    ...[...attributes].map(([name, value]): NewMessage => [MESSAGE.attribute, attribute(file, name, value)]),
  ]);
}

const GROUP_INFO = 0x0a;
const FILL_VALUE = 0x05;

function writeArray(file: Parts, { shape, data }: Weight): number {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const place: Field = bytes.length ? [8, file.add(bytes)] : NOWHERE;
  return writeObject(file, [
    [MESSAGE.dataspace, space(shape)],
    [MESSAGE.datatype, FLOAT32],
    // Never filled with anything; written in one piece.
    [FILL_VALUE, fields([1, 3], [1, 0x0a])],
    [MESSAGE.layout, fields([1, 3], [1, 1], place, [8, bytes.length])],
  ]);
}

/** IV.A.1.b: an object header of version 2, the length of whose messages takes four bytes. */
function writeObject(file: Parts, messages: readonly NewMessage[]): number {
  const body = fields(
    ...messages.flatMap(([type, bytes]): Field[] => {
      if (bytes.length > MOST_IN_MESSAGE) throw new RangeError("A message of HDF5 of more than 65,535 bytes");
      return [[1, type], [2, bytes.length], [1, 0], bytes];
    }),
  );
  return file.add(withChecksum(fields(text.encode("OHDR"), [1, 2], [1, 2], [4, body.length], body)));
}

const MOST_IN_MESSAGE = 0xffff;

function withChecksum(bytes: Uint8Array): Uint8Array {
  return fields(bytes, [4, lookup3(bytes)]);
}

/** IV.A.2.m. The texts lie in a heap of their own, or they could not be longer than a message. */
function attribute(file: Parts, name: string, value: string | readonly string[]): Uint8Array {
  const encoded = fields(text.encode(name), [1, 0]);
  const shape = space(typeof value === "string" ? [] : [value.length]);
  const texts = (typeof value === "string" ? [value] : value).map((each) => text.encode(each));
  const heap = texts.length ? file.add(globalHeap(texts)) : 0;
  return fields(
    [1, 3],
    [1, 0],
    [2, encoded.length],
    [2, LONG_TEXT.length],
    [2, shape.length],
    [1, 1],
    encoded,
    LONG_TEXT,
    shape,
    ...texts.flatMap((each, at): Field[] => [
      [4, each.length],
      [8, heap],
      [4, at + 1],
    ]),
  );
}

/** III.E. A collection takes 4096 bytes at least; what is left of it is an object of its own. */
function globalHeap(texts: readonly Uint8Array[]): Uint8Array {
  const objects = fields(
    ...texts.flatMap((each, at): Field[] => [
      [2, at + 1],
      [2, 1],
      [4, 0],
      [8, each.length],
      each,
      new Uint8Array(-each.length & 7),
    ]),
  );
  const size = Math.max(4096, 32 + objects.length);
  const free = size - 16 - objects.length;
  return fields(
    text.encode("GCOL"),
    [4, 1],
    [8, size],
    objects,
    [2, 0],
    [2, 0],
    [4, 0],
    [8, free],
    new Uint8Array(free - 16),
  );
}

/** IV.A.2.b, version 2: a single value where there are no dimensions. */
function space(shape: readonly number[]): Uint8Array {
  return fields([1, 2], [1, shape.length], [1, 0], [1, shape.length ? 1 : 0], ...shape.map((n): Field => [8, n]));
}

/** IV.A.2.d: IEEE 754's, little-endian, its sign in bit 31. */
const FLOAT32 = fields(
  [1, 0x11],
  [1, 0x20],
  [2, 0x1f],
  [4, 4],
  [2, 0],
  [2, 32],
  [1, 23],
  [1, 8],
  [1, 0],
  [1, 23],
  [4, 127],
);
/** UTF-8 of any length: a list of bytes that is called text. */
const LONG_TEXT = fields([1, 0x19], [1, 0x11], [2, 1], [4, 16], [1, 0x10], [1, 0], [2, 0], [4, 1], [2, 0], [2, 8]);
