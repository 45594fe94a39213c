/** What a pickle may hold, and the few functions of Python and NumPy whose results are made here from their arguments: no code of the file runs. */
import { FormatError } from "../../errors.ts";
import { numbersOf } from "./npy.ts";
import { isNumberType, type NumberArray, numbersIn } from "./numbers.ts";
import { SHORT_BYTES } from "./pickle-source.ts";

/** Tuples and lists are both lists. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | LongText
  | PickledBytes
  | PickledArray
  | NumberKind
  | Callable
  | PickleValue[]
  | PickledDict;
export type PickledDict = Map<string, PickleValue>;

/** Text in UTF-8 that is too long to be a name. */
export class LongText {
  readonly blob: Blob;
  constructor(blob: Blob) {
    this.blob = blob;
  }
}

/** Bytes of Python 3, or a text of Python 2. */
export class PickledBytes {
  readonly blob: Blob;
  /** The bytes as Latin-1 where they are few. */
  readonly text: string | null;
  constructor(blob: Blob, text: string | null) {
    this.blob = blob;
    this.text = text;
  }
}

/** NumPy's dtype. */
export class NumberKind {
  /** `<`, `>`, `|` or `=`. */
  order = "|";
  /** Kind and bytes. */
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  get type(): string {
    return this.order + this.name;
  }
}

/** NumPy's array; empty until its state comes. */
export class PickledArray {
  array: NumberArray | null = null;
}

/** A function or class, by name. */
export class Callable {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const MOST_TEXT_BYTES = 64 * 2 ** 20;

type Call = (values: readonly PickleValue[], file: string) => Promise<PickleValue>;

const reconstruct: Call = async () => new PickledArray();

const dtype: Call = async ([name], file) => {
  const text = textOf(name);
  if (text === null) throw damaged(file);
  const kind = new NumberKind(text.replace(/^[<>|=]/, ""));
  kind.order = text.match(/^[<>|=]/)?.[0] ?? "|";
  return kind;
};

const scalar: Call = async ([kind, bytes], file) => {
  if (!(kind instanceof NumberKind && bytes instanceof PickledBytes && bytes.blob.size <= 8)) throw damaged(file);
  const type = kind.name === "b1" ? "u1" : kind.name;
  if (!isNumberType(type)) throw new FormatError({ code: "packed/number-type", file, type: kind.type });
  const [value] = numbersIn({ type, littleEndian: kind.order !== ">" }, await bytes.blob.arrayBuffer());
  if (value === undefined) throw damaged(file);
  return value;
};

/** Bytes that were written as text, as protocols 0 to 2 do from Python 3. */
const encode: Call = async ([text, encoding], file) => {
  if (!/^latin-?1$/.test(textOf(encoding) ?? "")) throw damaged(file);
  if (text instanceof LongText && text.blob.size > MOST_TEXT_BYTES) throw damaged(file);
  const letters = text instanceof LongText ? await text.blob.text() : textOf(text);
  if (letters === null) throw damaged(file);
  return bytesOf(
    Uint8Array.from(letters, (letter) => {
      const code = letter.charCodeAt(0);
      if (code > 255) throw damaged(file);
      return code;
    }),
  );
};

const fromBuffer: Call = async ([bytes, kind, shape, order], file) => {
  const array = new PickledArray();
  await setState(array, [1, shape ?? null, kind ?? null, textOf(order) === "F", bytes ?? null], file);
  return array;
};

const CALLS: Readonly<Record<string, Call>> = {
  "numpy._core.multiarray._reconstruct": reconstruct,
  "numpy.core.multiarray._reconstruct": reconstruct,
  "numpy._core.multiarray.scalar": scalar,
  "numpy.core.multiarray.scalar": scalar,
  "numpy._core.numeric._frombuffer": fromBuffer,
  "numpy.core.numeric._frombuffer": fromBuffer,
  "numpy.dtype": dtype,
  "_codecs.encode": encode,
};
/** Named as an argument, never called. */
const NAMED_ONLY = "numpy.ndarray";

/** @throws FormatError naming it, when it is none of those that arrays need */
export function callable(name: string, file: string): Callable {
  if (!Object.hasOwn(CALLS, name) && name !== NAMED_ONLY) {
    throw new FormatError({ code: "packed/pickle-global", file, name: name.slice(0, 200) });
  }
  return new Callable(name);
}

/** What a function of this name gives for these arguments. */
export async function call(target: PickleValue, values: PickleValue, file: string): Promise<PickleValue> {
  const made = target instanceof Callable && Object.hasOwn(CALLS, target.name) ? CALLS[target.name] : undefined;
  if (!made || !Array.isArray(values)) throw damaged(file);
  return made(values, file);
}

/** Python's BUILD. */
export async function setState(target: PickleValue, state: PickleValue, file: string): Promise<void> {
  if (!Array.isArray(state)) throw damaged(file);
  if (target instanceof NumberKind) {
    const order = textOf(state[1]);
    if (order === null || !/^[<>|=]$/.test(order)) throw damaged(file);
    target.order = order;
    return;
  }
  const [, shape, kind, columnMajor, bytes] = state;
  if (!(target instanceof PickledArray && Array.isArray(shape) && kind instanceof NumberKind)) throw damaged(file);
  if (!(bytes instanceof PickledBytes)) throw new FormatError({ code: "packed/number-type", file, type: kind.type });
  const sides = shape.filter((side) => typeof side === "number");
  if (sides.length !== shape.length) throw damaged(file);
  target.array = numbersOf(kind.type, { shape: sides, columnMajor: columnMajor === true, blob: bytes.blob }, file);
}

export function bytesOf(bytes: Uint8Array<ArrayBuffer>): PickledBytes {
  const text = bytes.length <= SHORT_BYTES ? String.fromCharCode(...bytes) : null;
  return new PickledBytes(new Blob([bytes]), text);
}

/** A short text of any version of Python; null when it is none. */
export function textOf(value: PickleValue | undefined): string | null {
  if (typeof value === "string") return value;
  return value instanceof PickledBytes ? value.text : null;
}

function damaged(file: string): FormatError {
  return new FormatError({ code: "packed/damaged", file });
}
