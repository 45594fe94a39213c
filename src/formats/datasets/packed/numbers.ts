/** Arrays of numbers that stand in a file, whichever program wrote them: their values are read when they are asked for. */
import { FormatError } from "../../errors.ts";

/** As NumPy calls them: unsigned, signed and floating-point numbers, and their bytes. */
export type NumberType = "u1" | "i1" | "u2" | "i2" | "u4" | "i4" | "u8" | "i8" | "f2" | "f4" | "f8";

export interface NumberArray {
  readonly type: NumberType;
  readonly littleEndian: boolean;
  /** The outermost first. */
  readonly shape: readonly number[];
  /** Whether the first index runs fastest, as MATLAB and Fortran have it. */
  readonly columnMajor: boolean;
  /** The values and nothing else. */
  readonly blob: Blob;
}

const TYPES: readonly string[] = [
  "u1",
  "i1",
  "u2",
  "i2",
  "u4",
  "i4",
  "u8",
  "i8",
  "f2",
  "f4",
  "f8",
] satisfies NumberType[];
/** What has to be turned from columns into rows is held in memory as a whole. */
const MOST_TURNED_BYTES = 512 * 2 ** 20;
/** Labels are read as a whole. */
const MOST_LABEL_BYTES = 64 * 2 ** 20;

export function isNumberType(type: string): type is NumberType {
  return TYPES.includes(type);
}

export function bytesOfType(type: NumberType): number {
  return Number(type.slice(1));
}

/** How many values a shape has; null where it is none: negative, or more than can be counted. */
export function valuesOf(shape: readonly number[]): number | null {
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0)) return null;
  const values = shape.reduce((product, side) => product * side, 1);
  return Number.isSafeInteger(values) ? values : null;
}

/**
 * The array whose values are these bytes.
 * @param file its name, for messages
 * @throws FormatError when there are fewer bytes than the shape needs, or more
 */
export function arrayIn(array: NumberArray, file: string): NumberArray {
  const values = valuesOf(array.shape);
  if (values === null) throw new FormatError({ code: "packed/damaged", file });
  const bytes = values * bytesOfType(array.type);
  if (array.blob.size === bytes) return array;
  throw new FormatError({ code: array.blob.size < bytes ? "packed/cut-short" : "packed/damaged", file });
}

/** The values of bytes, in their order. Integers beyond 2⁵³ are rounded. */
export function numbersIn({ type, littleEndian }: Pick<NumberArray, "type" | "littleEndian">, bytes: ArrayBuffer) {
  const view = new DataView(bytes);
  const width = bytesOfType(type);
  const get: Readonly<Record<NumberType, (at: number) => number>> = {
    u1: (at) => view.getUint8(at),
    i1: (at) => view.getInt8(at),
    u2: (at) => view.getUint16(at, littleEndian),
    i2: (at) => view.getInt16(at, littleEndian),
    u4: (at) => view.getUint32(at, littleEndian),
    i4: (at) => view.getInt32(at, littleEndian),
    u8: (at) => Number(view.getBigUint64(at, littleEndian)),
    i8: (at) => Number(view.getBigInt64(at, littleEndian)),
    f2: (at) => half(view.getUint16(at, littleEndian)),
    f4: (at) => view.getFloat32(at, littleEndian),
    f8: (at) => view.getFloat64(at, littleEndian),
  };
  const read = get[type];
  return Float64Array.from({ length: Math.floor(bytes.byteLength / width) }, (_, at) => read(at * width));
}

/** IEEE 754 binary16, of which not every browser has a reader. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** All values of a small array, by rows. @throws FormatError when it is too large for a list of labels */
export async function allNumbers(array: NumberArray, file: string): Promise<Float64Array> {
  if (array.blob.size > MOST_LABEL_BYTES) throw new FormatError({ code: "packed/damaged", file });
  return numbersIn(array, await (await byRows(array, file)).blob.arrayBuffer());
}

/** The same array with the last index running fastest. @throws FormatError when it is too large to be turned in memory */
export async function byRows(array: NumberArray, file: string): Promise<NumberArray> {
  const { shape, columnMajor, blob, type } = array;
  if (!columnMajor || shape.filter((side) => side > 1).length < 2) return { ...array, columnMajor: false };
  if (blob.size > MOST_TURNED_BYTES) throw new FormatError({ code: "packed/number-type", file, type: "Fortran order" });
  const width = bytesOfType(type);
  const from = new Uint8Array(await blob.arrayBuffer());
  const to = new Uint8Array(from.length);
  // Places in the column-major bytes of steps along each index.
  const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((product, side) => product * side, width));
  const index = shape.map(() => 0);
  let at = 0;
  for (let put = 0; put < to.length; put += width) {
    for (let byte = 0; byte < width; byte++) to[put + byte] = from[at + byte] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      at += steps[axis] ?? 0;
      index[axis] = next;
      if (next < (shape[axis] ?? 0)) break;
      at -= next * (steps[axis] ?? 0);
      index[axis] = 0;
    }
  }
  return { ...array, columnMajor: false, blob: new Blob([to]) };
}

/** For messages. */
export function shapeText(shape: readonly number[]): string {
  return shape.join(" × ");
}
