/** Protocol Buffers' wire format, as far as ONNX needs it. https://protobuf.dev/programming-guides/encoding/ */
import { FormatError } from "../../errors.ts";

/** A part of the file's bytes. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

export interface Field {
  readonly number: number;
  /** Of numbers. Varints beyond 2^53 lose their last digits. */
  readonly value: number;
  /** Of messages, texts and packed numbers; empty for numbers. */
  readonly span: Span;
}

/** Fields of all messages together; PyTorch's largest exports have about 200,000. */
const MAX_FIELDS = 2_000_000;

/** Reads messages in place. @throws FormatError naming the byte at which the file cannot be as it is */
export class Protobuf {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #fields = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get whole(): Span {
    return { at: 0, end: this.bytes.length };
  }

  *fields({ at, end }: Span): Generator<Field> {
    let place = at;
    while (place < end) {
      this.#fields += 1;
      if (this.#fields > MAX_FIELDS) damaged(place);
      const key = this.#varint(place, end);
      place = key.next;
      const [number, wire] = [Math.floor(key.value / 8), key.value % 8];
      const none = { at: place, end: place };
      if (wire === 0) {
        const { value, next } = this.#varint(place, end);
        place = next;
        yield { number, value, span: none };
      } else if (wire === 2) {
        const { value: length, next } = this.#varint(place, end);
        if (!(length >= 0 && length <= end - next)) damaged(place);
        place = next + length;
        yield { number, value: 0, span: { at: next, end: place } };
      } else if (wire === 5 || wire === 1) {
        const size = wire === 5 ? 4 : 8;
        if (size > end - place) damaged(place);
        const value = wire === 5 ? this.#view.getFloat32(place, true) : this.#view.getFloat64(place, true);
        place += size;
        yield { number, value, span: none };
      } else {
        damaged(place);
      }
    }
  }

  text({ at, end }: Span): string {
    return new TextDecoder().decode(this.bytes.subarray(at, end));
  }

  /** Varints one after another. */
  *varints({ at, end }: Span): Generator<number> {
    let place = at;
    while (place < end) {
      const { value, next } = this.#varint(place, end);
      place = next;
      yield value;
    }
  }

  /** Two's complement of 64 bits; exact up to 2^53 either way. */
  #varint(at: number, end: number): { value: number; next: number } {
    let [low, high] = [0, 0];
    for (let index = 0; index < 10; index++) {
      if (at + index >= end) damaged(at);
      const byte = this.#view.getUint8(at + index);
      if (index < 4) low += (byte & 127) * 2 ** (7 * index);
      else high += (byte & 127) * 2 ** (7 * (index - 4));
      if (byte < 128) return { value: signed(low, high), next: at + index + 1 };
    }
    return damaged(at);
  }
}

/** @param low 28 bits @param high those above */
function signed(low: number, high: number): number {
  const isNegative = high >= 2 ** 35;
  return isNegative ? (high - 2 ** 36) * 2 ** 28 + low : high * 2 ** 28 + low;
}

export function damaged(byte: number): never {
  throw new FormatError({ code: "graph/damaged-file", byte });
}
