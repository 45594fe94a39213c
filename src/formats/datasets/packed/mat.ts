/** MATLAB's files of level 5, compressed or not (MathWorks, “MAT-File Format”, version 5). */
import { FormatError } from "../../errors.ts";
import { inflated } from "./inflated.ts";
import { arrayIn, type NumberArray, type NumberType } from "./numbers.ts";

/** Numbers, or the texts of a cell array. What is neither is left out. */
export type MatValue = NumberArray | readonly string[];

const HEADER_BYTES = 128;
const NUMBERS: ReadonlyMap<number, NumberType> = new Map([
  [1, "i1"],
  [2, "u1"],
  [3, "i2"],
  [4, "u2"],
  [5, "i4"],
  [6, "u4"],
  [7, "f4"],
  [9, "f8"],
  [12, "i8"],
  [13, "u8"],
]);
const UINT16 = 4;
const MATRIX = 14;
const COMPRESSED = 15;
const CELLS = 1;
const TEXT = 4;
const FIRST_NUMBERS = 6;
const LAST_NUMBERS = 15;
/** Tag, flags, dimensions and name of a matrix stand within so many bytes. */
const MOST_DESCRIPTION_BYTES = 4096;
const MOST_VARIABLES = 1000;
const MOST_TEXT_BYTES = 65_536;

interface Element {
  readonly type: number;
  readonly data: Blob;
  /** Where the next one begins. */
  readonly end: number;
}

/**
 * The variables of a file, by name.
 * @param file its name, for messages
 * @throws FormatError when it is cut short or damaged
 */
export async function readMat(blob: Blob, file: string): Promise<ReadonlyMap<string, MatValue>> {
  const mark = new TextDecoder("latin1").decode(await blob.slice(126, HEADER_BYTES).arrayBuffer());
  if (mark !== "IM" && mark !== "MI") throw new FormatError({ code: "packed/damaged", file });
  const reader = { file, littleEndian: mark === "IM" };
  const variables = new Map<string, MatValue>();
  for (let at = HEADER_BYTES; at < blob.size && variables.size < MOST_VARIABLES; ) {
    const element = await elementAt(blob, at, reader);
    at = element.end;
    const matrix = element.type === COMPRESSED ? await unpacked(element, reader) : element;
    const variable = matrix.type === MATRIX ? await variableIn(matrix.data, reader) : null;
    if (variable) variables.set(variable.name, variable.value);
  }
  return variables;
}

interface Reader {
  readonly file: string;
  readonly littleEndian: boolean;
}

async function unpacked({ data }: Element, reader: Reader): Promise<Element> {
  return elementAt(await inflated(data, reader.file), 0, reader);
}

/** @throws FormatError when it ends beyond the end of what holds it */
async function elementAt(blob: Blob, at: number, { file, littleEndian }: Reader): Promise<Element> {
  const tag = new DataView(await blob.slice(at, at + 8).arrayBuffer());
  if (tag.byteLength < 8) throw new FormatError({ code: "packed/cut-short", file });
  const first = tag.getUint32(0, littleEndian);
  const small = first >>> 16;
  // Up to four bytes stand within the tag.
  if (small !== 0) {
    if (small > 4) throw new FormatError({ code: "packed/damaged", file });
    return { type: first & 0xffff, data: blob.slice(at + 4, at + 4 + small), end: at + 8 };
  }
  const size = tag.getUint32(4, littleEndian);
  const start = at + 8;
  if (start + size > blob.size) throw new FormatError({ code: "packed/cut-short", file });
  const padded = first === COMPRESSED ? size : Math.ceil(size / 8) * 8;
  return { type: first, data: blob.slice(start, start + size), end: start + padded };
}

/** null for what is neither numbers nor cells of texts. */
async function variableIn(matrix: Blob, reader: Reader): Promise<{ name: string; value: MatValue } | null> {
  const head = await headOf(matrix, reader);
  if (!head) return null;
  const { kind, shape, name, start } = head;
  if (kind === CELLS) return { name, value: await textsIn(matrix, head, reader) };
  if (kind < FIRST_NUMBERS || kind > LAST_NUMBERS) return null;
  const { type, data } = await elementAt(matrix, start, reader);
  const numbers = NUMBERS.get(type);
  if (!numbers) throw new FormatError({ code: "packed/damaged", file: reader.file });
  const { littleEndian, file } = reader;
  return { name, value: arrayIn({ type: numbers, littleEndian, shape, columnMajor: true, blob: data }, file) };
}

interface Head {
  readonly kind: number;
  readonly shape: readonly number[];
  readonly name: string;
  /** Where its values begin. */
  readonly start: number;
}

/** null where it is empty, as MATLAB writes an empty cell. */
async function headOf(matrix: Blob, reader: Reader): Promise<Head | null> {
  if (matrix.size === 0) return null;
  const { littleEndian, file } = reader;
  const flags = await elementAt(matrix, 0, reader);
  const dimensions = await elementAt(matrix, flags.end, reader);
  const name = await elementAt(matrix, dimensions.end, reader);
  if (flags.data.size !== 8 || name.end > MOST_DESCRIPTION_BYTES)
    throw new FormatError({ code: "packed/damaged", file });
  const flagBits = new DataView(await flags.data.arrayBuffer()).getUint32(0, littleEndian);
  const sides = new DataView(await dimensions.data.arrayBuffer());
  const shape = Array.from({ length: Math.floor(sides.byteLength / 4) }, (_, at) =>
    sides.getInt32(at * 4, littleEndian),
  );
  return {
    kind: flagBits & 0xff,
    shape,
    name: new TextDecoder("latin1").decode(await name.data.arrayBuffer()),
    start: name.end,
  };
}

/** The texts of cells; a cell that holds something else is an empty text. */
async function textsIn(matrix: Blob, { start }: Head, reader: Reader): Promise<string[]> {
  const texts: string[] = [];
  if (matrix.size > MOST_TEXT_BYTES) throw new FormatError({ code: "packed/damaged", file: reader.file });
  for (let at = start; at < matrix.size; ) {
    const cell = await elementAt(matrix, at, reader);
    at = cell.end;
    const head = cell.type === MATRIX ? await headOf(cell.data, reader) : null;
    texts.push(head?.kind === TEXT ? await textIn(await elementAt(cell.data, head.start, reader), reader) : "");
  }
  return texts;
}

async function textIn({ type, data }: Element, { littleEndian }: Reader): Promise<string> {
  const bytes = await data.arrayBuffer();
  const isWide = type === UINT16 || type === 17;
  return new TextDecoder(isWide ? (littleEndian ? "utf-16le" : "utf-16be") : "utf-8").decode(bytes);
}
