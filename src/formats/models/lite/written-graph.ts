/** A TensorFlow Lite graph as it is put together: tensors, their numbers, and operators, by the tables of `schema.fbs`. */
import type { Weight } from "../../../network/network.ts";
import { fitInHalves, halfBytes } from "./half.ts";
import { type LateBytes, WrittenTable } from "./written-flatbuffer.ts";

/** `TensorType`. */
const LITE_TYPES = { float32: 0, float16: 1, int32: 2 } as const;
type LiteType = (typeof LITE_TYPES)[keyof typeof LITE_TYPES];

/** An operation by its `BuiltinOperator` and the version of it that readers must know at least. */
export interface LiteOperationCode {
  readonly number: number;
  readonly version?: number;
}

/** By the number of its table in `BuiltinOptions`. */
export interface WrittenOptions {
  readonly type: number;
  readonly table: WrittenTable;
}

interface WrittenTensor {
  readonly name: string;
  /** With the batch. */
  readonly shape: readonly number[];
  readonly type: LiteType;
  /** Of its numbers; 0 is an empty one, for results. */
  readonly buffer: number;
}

const DEQUANTIZE: LiteOperationCode = { number: 6, version: 2 };
/** Bytes; readers use weights where they lie. */
const ALIGNMENT = 16;
/**
 * Kernels of fewer weights than this are kept in full: those of depthwise and of the first layers, which together are small and
 * from which most of the difference comes (MobileNetV2 0.35: 0.0033 with 1,000, 0.0005 with 5,000, in a tenth more bytes).
 */
const FEW = 5000;

export class LiteGraph {
  readonly #inHalves: boolean;
  readonly #tensors: WrittenTensor[] = [];
  readonly #buffers: LateBytes[] = [{ length: 0, make: () => new Uint8Array() }];
  readonly #operators: WrittenTable[] = [];
  readonly #codes: LiteOperationCode[] = [];

  /** @param inHalves whether kernels are kept in 16 bits, and widened by the reader */
  constructor(inHalves: boolean) {
    this.#inHalves = inHalves;
  }

  /** Adds a result or an input of 32-bit floats. @returns its number */
  result(name: string, shape: readonly number[]): number {
    return this.#tensor({ name, shape, type: LITE_TYPES.float32, buffer: 0 });
  }

  /** Adds a constant of 32-bit floats. @returns its number */
  floats(name: string, { shape, data }: Weight): number {
    const bytes = () => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return this.#constant(name, shape, LITE_TYPES.float32, { length: data.byteLength, make: bytes });
  }

  /**
   * Adds a convolution's or dense layer's kernel.
   * @param turned gives its numbers in TensorFlow Lite's order; asked when the file is written
   * @returns the number of the tensor that has it in 32-bit floats
   */
  kernel(name: string, shape: readonly number[], { data }: Weight, turned: () => Float32Array): number {
    if (!this.#inHalves || data.length < FEW || !fitInHalves(data)) {
      const make = () => {
        const { buffer, byteOffset, byteLength } = turned();
        return new Uint8Array(buffer, byteOffset, byteLength);
      };
      return this.#constant(name, shape, LITE_TYPES.float32, { length: data.byteLength, make });
    }
    const late = { length: 2 * data.length, make: () => halfBytes(turned()) };
    const half = this.#constant(`${name}/half`, shape, LITE_TYPES.float16, late);
    return this.operator(DEQUANTIZE, [half], this.result(name, shape), null);
  }

  /** Adds a list of whole numbers, or rows of them. @returns its number */
  ints(name: string, values: readonly number[], shape: readonly number[] = [values.length]): number {
    const { buffer } = Int32Array.from(values);
    const make = () => new Uint8Array(buffer);
    return this.#constant(name, shape, LITE_TYPES.int32, { length: buffer.byteLength, make });
  }

  /** Adds an operator. @returns the number of the tensor that it gives */
  operator(code: LiteOperationCode, inputs: readonly number[], output: number, options: WrittenOptions | null): number {
    const operator = new WrittenTable().int(0, this.#codeOf(code)).ints(1, inputs).ints(2, [output]);
    if (options) operator.byte(3, options.type).table(4, options.table);
    this.#operators.push(operator);
    return output;
  }

  /** The shape of a tensor, with the batch. */
  shapeOf(tensor: number): readonly number[] {
    return this.#tensors[tensor]?.shape ?? [];
  }

  /**
   * As `Model`.
   * @param ends the graph's one input and one output
   * @param metadata by their names
   */
  toModel(
    name: string,
    ends: { readonly input: number; readonly output: number },
    metadata: ReadonlyMap<string, Uint8Array>,
  ): WrittenTable {
    const graph = new WrittenTable()
      .tables(0, this.#tensors.map(tensorTable))
      .ints(1, [ends.input])
      .ints(2, [ends.output])
      .tables(3, this.#operators)
      .text(4, name);
    const first = this.#buffers.length;
    const described = [...metadata.values()].map((bytes) => ({ length: bytes.length, make: () => bytes }));
    return new WrittenTable()
      .int(0, 3)
      .tables(1, this.#codes.map(codeTable))
      .tables(2, [graph])
      .text(3, "Headstart")
      .tables(4, [...this.#buffers, ...described].map(bufferTable))
      .tables(
        6,
        [...metadata.keys()].map((key, at) => new WrittenTable().text(0, key).int(1, first + at)),
      );
  }

  #constant(name: string, shape: readonly number[], type: LiteType, bytes: LateBytes): number {
    return this.#tensor({ name, shape, type, buffer: this.#buffers.push(bytes) - 1 });
  }

  #tensor(tensor: WrittenTensor): number {
    return this.#tensors.push(tensor) - 1;
  }

  #codeOf(code: LiteOperationCode): number {
    const known = this.#codes.findIndex(({ number }) => number === code.number);
    return known < 0 ? this.#codes.push(code) - 1 : known;
  }
}

function tensorTable({ name, shape, type, buffer }: WrittenTensor): WrittenTable {
  return new WrittenTable().ints(0, shape).byte(1, type).int(2, buffer).text(3, name);
}

/** Readers from before 2020 look at the first number only, which ends at 127. */
function codeTable({ number, version = 1 }: LiteOperationCode): WrittenTable {
  return new WrittenTable().byte(0, Math.min(number, 127)).int(2, version).int(3, number);
}

function bufferTable(bytes: LateBytes): WrittenTable {
  return bytes.length ? new WrittenTable().bytes(0, bytes, ALIGNMENT) : new WrittenTable();
}
