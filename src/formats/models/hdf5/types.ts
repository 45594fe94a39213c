/** What an array or an attribute is of: its shape and the type of its elements. Specification 3.0, IV.A.2.b and d. */
import { type Cursor, unsupported } from "./file.ts";

export type ElementType =
  | { readonly kind: "float32"; readonly size: 4 }
  /** Filled up with NUL or with spaces. */
  | { readonly kind: "text"; readonly size: number; readonly filledWithSpaces: boolean }
  | { readonly kind: "long text"; readonly size: number }
  /** @property name with its bits, such as `float64` */
  | { readonly kind: "other"; readonly size: number; readonly name: string };

const CLASSES = [
  "integer",
  "float",
  "time",
  "text",
  "bits",
  "opaque",
  "compound",
  "reference",
  "enum",
  "list",
  "array",
];
const LITTLE_ENDIAN_FLOAT32 = "0,32,23,8,0,23,127";

export function readType(cursor: Cursor): ElementType {
  const kind = cursor.u8() & 15;
  const [bits] = [cursor.u8(), cursor.skip(2)];
  const size = cursor.u32();
  const name = `${CLASSES[kind] ?? kind}${8 * size}`;
  if (kind === 3) return { kind: "text", size, filledWithSpaces: (bits & 15) === 2 };
  if (kind === 9) return (bits & 15) === 1 ? { kind: "long text", size } : { kind: "other", size, name };
  if (kind !== 1 || size !== 4 || bits & 0x41) return { kind: "other", size, name };
  const [offset, precision] = [cursor.u16(), cursor.u16()];
  const parts = [cursor.u8(), cursor.u8(), cursor.u8(), cursor.u8(), cursor.u32()];
  return `${[offset, precision, ...parts]}` === LITTLE_ENDIAN_FLOAT32
    ? { kind: "float32", size }
    : { kind: "other", size, name: `float32 (${[offset, precision, ...parts]})` };
}

/** Lengths along the dimensions, none for a single value. null for a space of nothing. */
export function readShape(cursor: Cursor): number[] | null {
  const version = cursor.u8();
  if (version !== 1 && version !== 2) unsupported(`dataspaces of version ${version}`);
  const rank = cursor.u8();
  cursor.skip(1);
  const kind = cursor.u8();
  if (version === 1) cursor.skip(4);
  if (version === 2 && kind === 2) return null;
  // Weights have four at most.
  if (rank > 8) unsupported(`arrays of ${rank} dimensions`);
  return Array.from({ length: rank }, () => cursor.length());
}

/** May be beyond what numbers are exact for; to be compared with what there is before anything is done. */
export function volume(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
