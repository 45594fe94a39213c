/** NumPy's .npy files (NEP 1, numpy.lib.format versions 1 to 3). */
import { FormatError } from "../../errors.ts";
import { arrayIn, bytesOfType, isNumberType, type NumberArray, valuesOf } from "./numbers.ts";

/** Texts of a fixed length each, as NumPy keeps names of classes. */
export interface TextArray {
  readonly texts: readonly string[];
  readonly shape: readonly number[];
}

const MAGIC = "\x93NUMPY";
const MOST_HEADER_BYTES = 65_536;
const MOST_TEXT_BYTES = 64 * 2 ** 20;

/**
 * null when it is none.
 * @param file its name, for messages
 * @throws FormatError when it is cut short or damaged, or holds Python objects or numbers that are not read
 */
export async function readNpy(blob: Blob, file: string): Promise<NumberArray | TextArray | null> {
  const head = new Uint8Array(await blob.slice(0, 12).arrayBuffer());
  if (String.fromCharCode(...head.subarray(0, MAGIC.length)) !== MAGIC) return null;
  if (head.length < 12) throw new FormatError({ code: "packed/cut-short", file });
  const view = new DataView(head.buffer);
  const isFirst = head[6] === 1;
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = (isFirst ? 10 : 12) + length;
  if (length > MOST_HEADER_BYTES) throw new FormatError({ code: "packed/damaged", file });
  if (start > blob.size) throw new FormatError({ code: "packed/cut-short", file });
  const header = new TextDecoder().decode(await blob.slice(isFirst ? 10 : 12, start).arrayBuffer());
  const type = header.match(/'descr':\s*'([^']*)'/)?.[1];
  const order = header.match(/'fortran_order':\s*(True|False)/)?.[1];
  const shape = shapeIn(header.match(/'shape':\s*\(([^)]*)\)/)?.[1]);
  if (order === undefined || shape === null) throw new FormatError({ code: "packed/damaged", file });
  const values = { columnMajor: order === "True", shape, blob: blob.slice(start) };
  if (type === undefined) throw new FormatError({ code: "packed/number-type", file, type: "structured" });
  return (await textsIn(type, values, file)) ?? numbersOf(type, values, file);
}

function shapeIn(text: string | undefined): number[] | null {
  if (text === undefined) return null;
  const sides = text.split(",").map((side) => side.trim().replace(/L$/, ""));
  if (sides.at(-1) === "") sides.pop();
  return sides.every((side) => /^\d+$/.test(side)) ? sides.map(Number) : null;
}

/** @param type as NumPy writes it: byte order, kind, bytes. @throws FormatError when such numbers are not read */
export function numbersOf(
  type: string,
  values: Pick<NumberArray, "shape" | "columnMajor" | "blob">,
  file: string,
): NumberArray {
  const kind = type.replace(/^[<>|=]/, "").replace(/^b1$/, "u1");
  if (!isNumberType(kind)) throw new FormatError({ code: "packed/number-type", file, type });
  return arrayIn({ ...values, type: kind, littleEndian: bytesOfType(kind) === 1 || !type.startsWith(">") }, file);
}

/** Names in UTF-32 (`U`) or in bytes (`S`); null when they are numbers. */
async function textsIn(
  type: string,
  { shape, blob }: Pick<NumberArray, "shape" | "blob">,
  file: string,
): Promise<TextArray | null> {
  const [, order, kind, length] = type.match(/^([<>|=]?)([US])(\d+)$/) ?? [];
  if (kind === undefined) return null;
  const width = kind === "U" ? 4 : 1;
  const bytes = width * Number(length);
  const count = valuesOf(shape);
  if (count === null || bytes === 0 || count * bytes > MOST_TEXT_BYTES)
    throw new FormatError({ code: "packed/damaged", file });
  if (count * bytes > blob.size) throw new FormatError({ code: "packed/cut-short", file });
  const view = new DataView(await blob.slice(0, count * bytes).arrayBuffer());
  const letter = (at: number) => (width === 1 ? view.getUint8(at) : view.getUint32(at, order !== ">"));
  const texts = Array.from({ length: count }, (_, at) => {
    let text = "";
    for (let place = at * bytes; place < (at + 1) * bytes; place += width) {
      const code = letter(place);
      if (code === 0) break;
      if (code > 0x10ffff) throw new FormatError({ code: "packed/damaged", file });
      text += String.fromCodePoint(code);
    }
    return text;
  });
  return { texts, shape };
}
