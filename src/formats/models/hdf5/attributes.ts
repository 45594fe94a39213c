/** The attributes of an object, as far as they are text. Specification 3.0, IV.A.2.m and v. */
import { damaged, type Hdf5Bytes, unsupported } from "./file.ts";
import { type GlobalHeaps, readFractalHeap } from "./heaps.ts";
import { MESSAGE, type Message } from "./object-header.ts";
import { recordsOf } from "./trees.ts";
import { type ElementType, readShape, readType, volume } from "./types.ts";

export interface Attribute {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Where its values begin and the message ends. */
  readonly at: number;
  readonly end: number;
}

/** The attributes by their names; nothing is read of their values. */
export function readAttributes(file: Hdf5Bytes, messages: readonly Message[]): ReadonlyMap<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  const add = (place: { readonly at: number; readonly end: number }) => {
    const { name, attribute } = readAttribute(file, place);
    if (attribute) attributes.set(name, attribute);
  };
  for (const message of messages) {
    if (message.type === MESSAGE.attribute) add(message);
    if (message.type === MESSAGE.attributeInfo) for (const place of manyAttributes(file, message)) add(place);
  }
  return attributes;
}

function* manyAttributes(file: Hdf5Bytes, { at, end }: Message): Generator<{ at: number; end: number }> {
  const cursor = file.at(at, end);
  cursor.skip(1);
  if (cursor.u8() & 1) cursor.skip(2);
  const [heap, tree] = [cursor.address(), cursor.address()];
  if (heap === null || tree === null) return;
  const placeOf = readFractalHeap(file, heap);
  for (const record of recordsOf(file, tree)) yield placeOf(record);
}

function readAttribute(file: Hdf5Bytes, { at, end }: { readonly at: number; readonly end: number }) {
  const cursor = file.at(at, end);
  const version = cursor.u8();
  if (version < 1 || version > 3) damaged(at);
  // In versions 2 and 3 it says whether type and space are kept elsewhere.
  if (cursor.u8() && version > 1) unsupported("shared messages");
  const [nameSize, typeSize, spaceSize] = [cursor.u16(), cursor.u16(), cursor.u16()];
  if (version === 3) cursor.skip(1);
  const padded = (size: number) => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const nameAt = cursor.skip(padded(nameSize));
  const typeAt = cursor.skip(padded(typeSize));
  const spaceAt = cursor.skip(padded(spaceSize));
  const name = file.at(nameAt, nameAt + nameSize).text(nameSize);
  const shape = readShape(file.at(spaceAt, spaceAt + spaceSize));
  const type = readType(file.at(typeAt, typeAt + typeSize));
  const attribute: Attribute | null = shape && { type, shape, at: cursor.at, end };
  return { name, attribute };
}

/** The texts that an attribute holds, without what they are filled up with; null when it holds something else. */
export function readTexts(file: Hdf5Bytes, heaps: GlobalHeaps, attribute: Attribute): string[] | null {
  const { type, shape, at, end } = attribute;
  if (type.kind !== "text" && type.kind !== "long text") return null;
  const count = volume(shape);
  const cursor = file.at(at, end);
  // Before anything is made: a message holds no more than its bytes.
  if (!(count * Math.max(1, type.size) <= cursor.left)) damaged(at);
  return Array.from({ length: count }, () => {
    file.step();
    if (type.kind === "text") {
      const text = cursor.text(type.size);
      return type.filledWithSpaces ? text.replace(/ +$/, "") : text;
    }
    const length = cursor.u32();
    const collection = cursor.address();
    const index = cursor.u32();
    if (!collection || length === 0) return "";
    const place = heaps.object(collection, index);
    return file.at(place.at, place.end).text(length);
  });
}
