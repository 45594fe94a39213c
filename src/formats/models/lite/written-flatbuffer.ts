/**
 * Writes FlatBuffers, https://flatbuffers.dev/internals/: tables and vectors lie one after the other, each behind all that refer
 * to it.
 */

/** Bytes that are made when they are written, so that no more than one array of them is held beside the file. */
export interface LateBytes {
  readonly length: number;
  readonly make: () => Uint8Array;
}

/** Something with a place of its own in the file. */
interface Part {
  /** Bytes. */
  readonly size: number;
  /** Bytes before the place that others refer to. */
  readonly before: number;
  /** The byte of this number is at a multiple of `alignment`. */
  readonly alignedByte: number;
  readonly alignment: number;
  /** What it refers to. */
  readonly children: readonly Part[];
  readonly write: (file: File, at: number) => void;
}

interface File {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly placeOf: (part: Part) => number;
}

interface Field {
  readonly number: number;
  readonly size: 1 | 4;
  readonly write: (file: File, at: number) => void;
}

/** A table field by field, by their numbers in the schema. A field that is left out has the schema's default. */
export class WrittenTable implements Part {
  readonly alignment = 4;
  readonly children: Part[] = [];
  readonly #fields: Field[] = [];

  /** One byte: a number from −128 to 255, or a boolean as 0 or 1. */
  byte(field: number, value: number): this {
    return this.#put(field, 1, ({ view }, at) => view.setUint8(at, value & 255));
  }

  /** A whole number of 32 bits, with a sign or without. */
  int(field: number, value: number): this {
    return this.#put(field, 4, ({ view }, at) => view.setUint32(at, value >>> 0, true));
  }

  float(field: number, value: number): this {
    return this.#put(field, 4, ({ view }, at) => view.setFloat32(at, value, true));
  }

  text(field: number, value: string): this {
    return this.#refer(field, text(value));
  }

  texts(field: number, values: readonly string[]): this {
    return this.#refer(field, references(values.map(text)));
  }

  /** @param alignment of the first byte in the file */
  bytes(field: number, { length, make }: LateBytes, alignment = 1): this {
    return this.#refer(
      field,
      vector(length, length, alignment, ({ bytes }, at) => bytes.set(make(), at)),
    );
  }

  ints(field: number, values: readonly number[]): this {
    return this.#numbers(field, values, 4, (view, at, value) => view.setInt32(at, value, true));
  }

  /** Whole numbers of 64 bits. */
  longs(field: number, values: readonly number[]): this {
    return this.#numbers(field, values, 8, (view, at, value) => view.setBigInt64(at, BigInt(value), true));
  }

  floats(field: number, values: readonly number[]): this {
    return this.#numbers(field, values, 4, (view, at, value) => view.setFloat32(at, value, true));
  }

  table(field: number, table: WrittenTable): this {
    return this.#refer(field, table);
  }

  tables(field: number, tables: readonly WrittenTable[]): this {
    return this.#refer(field, references(tables));
  }

  get size(): number {
    return this.before + 4 + this.#fields.reduce((sum, { size }) => sum + size, 0);
  }

  /** The places of its fields, which say of each where in the table it is. */
  get before(): number {
    return 4 + 2 * (1 + Math.max(-1, ...this.#fields.map(({ number }) => number)));
  }

  get alignedByte(): number {
    return this.before;
  }

  write(file: File, start: number): void {
    const { view } = file;
    const { before, size } = this;
    const at = start + before;
    view.setUint16(start, before, true);
    view.setUint16(start + 2, size - before, true);
    view.setInt32(at, before, true);
    let next = 4;
    // Those of four bytes first, so that each lies at a multiple of four.
    for (const { number, size: length, write } of this.#fields.toSorted((a, b) => b.size - a.size)) {
      view.setUint16(start + 4 + 2 * number, next, true);
      write(file, at + next);
      next += length;
    }
  }

  #put(number: number, size: 1 | 4, write: Field["write"]): this {
    this.#fields.push({ number, size, write });
    return this;
  }

  #refer(field: number, child: Part): this {
    this.children.push(child);
    return this.#put(field, 4, referTo(child));
  }

  #numbers(
    field: number,
    values: readonly number[],
    size: 4 | 8,
    put: (view: DataView, at: number, value: number) => void,
  ): this {
    const write = ({ view }: File, at: number) => {
      for (const [index, value] of values.entries()) put(view, at + size * index, value);
    };
    return this.#refer(field, vector(values.length, values.length * size, size, write));
  }
}

/**
 * @param identifier four letters
 * @param behind gives what follows in the same file, which it is told the length of so far
 */
export function writeFlatBuffer(
  root: WrittenTable,
  identifier: string,
  behind: (length: number) => Uint8Array = () => new Uint8Array(),
): Uint8Array {
  const starts = new Map<Part, number>();
  let end = 8;
  const parts: Part[] = [root];
  // Longer while it goes on, by what each refers to.
  for (const part of parts) {
    const { alignedByte, alignment, size, children } = part;
    const start = Math.ceil((end + alignedByte) / alignment) * alignment - alignedByte;
    starts.set(part, start);
    end = start + size;
    parts.push(...children);
  }
  const rest = behind(end);
  const bytes = new Uint8Array(end + rest.length);
  bytes.set(rest, end);
  const placeOf = (part: Part) => (starts.get(part) ?? 0) + part.before;
  const file = { bytes, view: new DataView(bytes.buffer), placeOf };
  referTo(root)(file, 0);
  bytes.set(new TextEncoder().encode(identifier), 4);
  for (const [part, start] of starts) part.write(file, start);
  return bytes;
}

function referTo(part: Part): Field["write"] {
  return ({ view, placeOf }, at) => view.setUint32(at, placeOf(part) - at, true);
}

/** @param count of elements @param size of all together, in bytes @param alignment of the first */
function vector(
  count: number,
  size: number,
  alignment: number,
  write: Part["write"],
  children: readonly Part[] = [],
): Part {
  return {
    ...{ size: 4 + size, before: 0, alignedByte: 4, alignment: Math.max(4, alignment), children },
    write: (file, at) => {
      file.view.setUint32(at, count, true);
      write(file, at + 4);
    },
  };
}

/** With a zero byte behind it, which its length does not count. */
function text(value: string): Part {
  const encoded = new TextEncoder().encode(value);
  return vector(encoded.length, encoded.length + 1, 1, ({ bytes }, at) => bytes.set(encoded, at));
}

function references(parts: readonly Part[]): Part {
  const write = (file: File, at: number) => {
    for (const [index, part] of parts.entries()) referTo(part)(file, at + 4 * index);
  };
  return vector(parts.length, 4 * parts.length, 4, write, parts);
}
