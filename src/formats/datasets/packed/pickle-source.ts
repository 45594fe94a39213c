/** A pickle's bytes, read forwards through a small window. Long texts and bytes are located and not read. */
import { FormatError } from "../../errors.ts";

const WINDOW_BYTES = 2 ** 18;
/** What is longer is located only. */
export const SHORT_BYTES = 1024;
/** Protocol 0 writes bytes as lines of text. */
const MOST_LINE_BYTES = 64 * 2 ** 20;

export class PickleSource {
  readonly #blob: Blob;
  readonly #file: string;
  /** Of the window's first byte. */
  #from = 0;
  #window = new Uint8Array();
  #view = new DataView(new ArrayBuffer(0));
  #at = 0;

  /** @param file its name, for messages */
  constructor(blob: Blob, file: string) {
    this.#blob = blob;
    this.#file = file;
  }

  /** Makes sure that the next bytes are in the window, as far as there are any: an opcode with its numbers and a short text. */
  async ready(): Promise<void> {
    if (this.#window.length - this.#at < 2 * SHORT_BYTES) await this.#move(this.#from + this.#at);
  }

  async #move(to: number): Promise<void> {
    if (to > this.#blob.size) throw this.cutShort();
    if (to === this.#from && this.#window.length >= Math.min(WINDOW_BYTES, this.#blob.size - to)) return;
    this.#window = new Uint8Array(await this.#blob.slice(to, to + WINDOW_BYTES).arrayBuffer());
    this.#view = new DataView(this.#window.buffer);
    this.#from = to;
    this.#at = 0;
  }

  cutShort(): FormatError {
    return new FormatError({ code: "packed/cut-short", file: this.#file });
  }

  damaged(): FormatError {
    return new FormatError({ code: "packed/damaged", file: this.#file });
  }

  #step(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#window.length) throw this.cutShort();
    this.#at += bytes;
    return at;
  }

  byte(): number {
    return this.#view.getUint8(this.#step(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#step(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  /** A length; longer than any file is an error. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#step(8), true));
  }

  /** Big-endian, as pickles have it. */
  float64(): number {
    return this.#view.getFloat64(this.#step(8));
  }

  /** At most `SHORT_BYTES`. */
  bytes(length: number): Uint8Array {
    const at = this.#step(length);
    return this.#window.subarray(at, at + length);
  }

  /** The next bytes as a part of the file, which are not read. */
  async part(length: number): Promise<Blob> {
    const start = this.#from + this.#at;
    if (!(length >= 0 && start + length <= this.#blob.size)) throw this.cutShort();
    if (this.#at + length <= this.#window.length) this.#at += length;
    else await this.#move(start + length);
    return this.#blob.slice(start, start + length);
  }

  /** The bytes up to the next line feed, which is left out. */
  async line(): Promise<Uint8Array> {
    const near = this.#window.indexOf(0x0a, this.#at);
    if (near >= 0) {
      const line = this.#window.subarray(this.#at, near);
      this.#at = near + 1;
      return line;
    }
    const start = this.#from + this.#at;
    for (let from = start; from < this.#blob.size && from - start < MOST_LINE_BYTES; from += WINDOW_BYTES) {
      await this.#move(from);
      const end = this.#window.indexOf(0x0a);
      if (end < 0) continue;
      this.#at = end + 1;
      return new Uint8Array(await this.#blob.slice(start, from + end).arrayBuffer());
    }
    throw this.cutShort();
  }
}
