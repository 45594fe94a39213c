/** Writes Protocol Buffers messages, https://protobuf.dev/programming-guides/encoding/ */

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const encoder = new TextEncoder();

/** A message field by field. Arrays of bytes are taken as they are, and copied once, by `toBytes`. */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** @param value a whole number, negative ones as int64 has them */
  int(field: number, value: number): this {
    return this.#key(field, VARINT).#put(varint(value));
  }

  /** 32 bits. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#key(field, FIXED_32).#put(bytes);
  }

  /** A repeated field, packed; left out when it is empty. */
  ints(field: number, values: readonly number[]): this {
    if (values.length === 0) return this;
    const packed = new ProtobufMessage();
    for (const value of values) packed.#put(varint(value));
    return this.message(field, packed);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#key(field, LENGTH_DELIMITED).#put(varint(value.length)).#put(value);
  }

  message(field: number, { parts, length }: ProtobufMessage): this {
    this.#key(field, LENGTH_DELIMITED).#put(varint(length));
    for (const part of parts) this.#put(part);
    return this;
  }

  get length(): number {
    return this.#length;
  }

  get parts(): readonly Uint8Array[] {
    return this.#parts;
  }

  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #key(field: number, wireType: number): this {
    return this.#put(varint(field * 8 + wireType));
  }

  #put(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
