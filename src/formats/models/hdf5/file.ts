/** The bytes of an HDF5 file, and how much may be done with them. */
import { FormatError } from "../../errors.ts";

/** Messages, links and nodes that are looked at. Keras's largest networks need about 100,000. */
const MAX_STEPS = 1_000_000;
/** What chunks unpack to, in bytes: this much, and as many times the file. Weights are packed to no less than half. */
const UNPACKED = { bytes: 64e6, times: 20 };
/** What texts hold together; all that Keras reads is kept once. */
const TEXT = { bytes: 1e6, times: 4 };

/** A file in memory. Every number is read through it or a `Cursor`, and whatever a file can repeat is counted. */
export class Hdf5Bytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
  /** Bytes that an address takes, and those that a length takes. */
  offsetSize = 8;
  lengthSize = 8;
  #steps = 0;
  #unpacked = 0;
  #text = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param end where the part ends that is read; the file's end by default */
  at(offset: number, end = this.bytes.length): Cursor {
    return new Cursor(this, offset, Math.min(end, this.bytes.length));
  }

  /** To be called for each thing of which a file can hold many. @throws FormatError when there were too many */
  step(): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new FormatError({ code: "hdf5/too-many-parts", most: MAX_STEPS });
  }

  /** To be called before bytes are unpacked. @throws FormatError when they are more than a file of this size is for */
  unpack(bytes: number): void {
    const most = UNPACKED.bytes + UNPACKED.times * this.bytes.length;
    this.#unpacked += bytes;
    if (!(this.#unpacked <= most)) throw new FormatError({ code: "hdf5/unpacks-to-too-much", most });
  }

  /** To be called before text is taken from the file. @throws FormatError when it was taken too often */
  text(bytes: number): void {
    const most = TEXT.bytes + TEXT.times * this.bytes.length;
    this.#text += bytes;
    if (!(this.#text <= most)) throw new FormatError({ code: "hdf5/too-much-text", most });
  }
}

/** Reads one number after another, little-endian. @throws FormatError naming the byte where the part ends too early */
export class Cursor {
  readonly #file: Hdf5Bytes;
  readonly end: number;
  at: number;

  constructor(file: Hdf5Bytes, at: number, end: number) {
    this.#file = file;
    this.at = at;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Moves on; gives where it was. */
  skip(bytes: number): number {
    const { at } = this;
    const next = at + bytes;
    if (!(Number.isSafeInteger(at) && at >= 0 && bytes >= 0 && next <= this.end)) damaged(at);
    this.at = next;
    return at;
  }

  u8(): number {
    return this.#file.view.getUint8(this.skip(1));
  }

  u16(): number {
    return this.#file.view.getUint16(this.skip(2), true);
  }

  u32(): number {
    return this.#file.view.getUint32(this.skip(4), true);
  }

  /** A number of up to eight bytes, as far as JavaScript's numbers are exact. */
  uint(size: number): number {
    const at = this.skip(size);
    let value = 0;
    for (let byte = size - 1; byte >= 0; byte--) value = value * 256 + this.#file.view.getUint8(at + byte);
    if (!Number.isSafeInteger(value)) damaged(at);
    return value;
  }

  /** A place in the file; null for the one that is none, which has all bits set. */
  address(): number | null {
    const { offsetSize, view } = this.#file;
    const at = this.skip(offsetSize);
    for (let byte = 0; byte < offsetSize; byte++) {
      if (view.getUint8(at + byte) === 255) continue;
      this.at = at;
      return this.uint(offsetSize);
    }
    return null;
  }

  length(): number {
    return this.uint(this.#file.lengthSize);
  }

  bytes(count: number): Uint8Array<ArrayBuffer> {
    const at = this.skip(count);
    return this.#file.bytes.subarray(at, at + count);
  }

  /** Text of a given length, up to the first NUL. */
  text(count: number): string {
    this.#file.text(count);
    const bytes = this.bytes(count);
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }

  /** @throws FormatError when the next bytes are not these letters */
  signature(letters: string): void {
    const at = this.skip(letters.length);
    for (let index = 0; index < letters.length; index++) {
      if (this.#file.view.getUint8(at + index) !== letters.charCodeAt(index)) damaged(at);
    }
  }
}

/** @param byte where the file cannot be as it is */
export function damaged(byte: number): never {
  throw new FormatError({ code: "hdf5/damaged", byte });
}

/** @param feature of HDF5, named as its specification does */
export function unsupported(feature: string): never {
  throw new FormatError({ code: "hdf5/unsupported", feature });
}
