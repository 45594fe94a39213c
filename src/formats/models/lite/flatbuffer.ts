/** FlatBuffers, read in place. https://flatbuffers.dev/internals/ */
import { FormatError } from "../../errors.ts";

/** The bytes of a file; every place in it is checked before it is read. */
export class FlatFile {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get root(): FlatTable {
    return new FlatTable(this, this.u32(0));
  }

  u8(at: number): number {
    return this.#view.getUint8(this.#checked(at, 1));
  }

  i8(at: number): number {
    return this.#view.getInt8(this.#checked(at, 1));
  }

  u16(at: number): number {
    return this.#view.getUint16(this.#checked(at, 2), true);
  }

  i32(at: number): number {
    return this.#view.getInt32(this.#checked(at, 4), true);
  }

  u32(at: number): number {
    return this.#view.getUint32(this.#checked(at, 4), true);
  }

  f32(at: number): number {
    return this.#view.getFloat32(this.#checked(at, 4), true);
  }

  #checked(at: number, size: number): number {
    return at >= 0 && at + size <= this.bytes.length ? at : damaged(at);
  }
}

/** A table: fields by their numbers, each of which may be left out. */
export class FlatTable {
  readonly #file: FlatFile;
  readonly #at: number;
  readonly #places: number;
  readonly #size: number;

  constructor(file: FlatFile, at: number) {
    this.#file = file;
    this.#at = at;
    this.#places = at - file.i32(at);
    this.#size = file.u16(this.#places);
  }

  i8(field: number, fallback = 0): number {
    const at = this.#place(field);
    return at === null ? fallback : this.#file.i8(at);
  }

  i32(field: number, fallback = 0): number {
    const at = this.#place(field);
    return at === null ? fallback : this.#file.i32(at);
  }

  f32(field: number, fallback = 0): number {
    const at = this.#place(field);
    return at === null ? fallback : this.#file.f32(at);
  }

  table(field: number): FlatTable | null {
    const at = this.#place(field);
    return at === null ? null : new FlatTable(this.#file, at + this.#file.u32(at));
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  bytes(field: number): Uint8Array {
    const { at, length } = this.#vector(field, 1);
    return this.#file.bytes.subarray(at, at + length);
  }

  /** Whole numbers of four bytes. @param most that there may be */
  integers(field: number, most: number): number[] {
    const { at, length } = this.#vector(field, 4);
    if (length > most) damaged(at);
    return Array.from({ length }, (_, index) => this.#file.i32(at + 4 * index));
  }

  /** @param most that there may be; when there are more, `refuse` is called */
  tables(field: number, most: number, refuse: () => never): FlatTable[] {
    const { at, length } = this.#vector(field, 4);
    if (length > most) refuse();
    return Array.from({ length }, (_, index) => {
      const place = at + 4 * index;
      return new FlatTable(this.#file, place + this.#file.u32(place));
    });
  }

  #vector(field: number, size: number): { at: number; length: number } {
    const place = this.#place(field);
    if (place === null) return { at: 0, length: 0 };
    const at = place + this.#file.u32(place);
    const length = this.#file.u32(at);
    if (at + 4 + length * size > this.#file.bytes.length) damaged(at);
    return { at: at + 4, length };
  }

  #place(field: number): number | null {
    const entry = 4 + 2 * field;
    if (entry + 2 > this.#size) return null;
    const offset = this.#file.u16(this.#places + entry);
    return offset === 0 ? null : this.#at + offset;
  }
}

export function damaged(byte: number): never {
  throw new FormatError({ code: "graph/damaged-file", byte: Math.max(0, byte) });
}
