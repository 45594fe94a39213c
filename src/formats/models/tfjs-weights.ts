/** TensorFlow.js's weight files: a manifest of names, shapes and types, and the numbers one after another. */
import * as v from "valibot";
import { MAX_ARRAYS, MAX_WEIGHTS } from "../../network/budget.ts";
import { NetworkError } from "../../network/errors.ts";
import type { Weight } from "../../network/network.ts";
import { FormatError } from "../errors.ts";

const WeightSpec = v.object({
  name: v.string(),
  shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
  dtype: v.picklist(["float32", "int32", "bool", "uint8"]),
  quantization: v.optional(
    v.object({
      dtype: v.picklist(["uint8", "uint16", "float16"]),
      scale: v.optional(v.number()),
      min: v.optional(v.number()),
    }),
  ),
});

export const WeightsManifest = v.array(v.object({ paths: v.array(v.string()), weights: v.array(WeightSpec) }));

export type WeightsManifest = v.InferOutput<typeof WeightsManifest>;
type WeightSpec = v.InferOutput<typeof WeightSpec>;

const BYTES = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

/**
 * The weights by name, as float32 whatever they are kept in.
 *
 * @param bytes the weight files joined in the manifest's order
 * @throws FormatError naming the weight at which the bytes end, or when bytes are left over
 * @throws NetworkError when they are more than a network may have
 */
export function decodeWeights(manifest: WeightsManifest, bytes: Uint8Array): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  let [offset, numbers] = [0, 0];
  const specs = manifest.flatMap((group) => group.weights);
  if (specs.length > MAX_ARRAYS) throw new FormatError({ code: "model/too-many-arrays", most: MAX_ARRAYS });
  for (const spec of specs) {
    const count = spec.shape.reduce((product, length) => product * length, 1);
    const stored = spec.quantization?.dtype ?? spec.dtype;
    const end = offset + count * BYTES[stored];
    if (end > bytes.length) {
      const weight = spec.name;
      throw new FormatError({ code: "tfjs/weights-cut-short", weight, bytes: bytes.length, start: offset, end });
    }
    numbers += count;
    // Those of one byte take four here.
    if (numbers > MAX_WEIGHTS) throw new NetworkError({ code: "network/too-many-weights", most: MAX_WEIGHTS });
    weights.set(spec.name, { shape: spec.shape, data: decode(spec, stored, bytes.slice(offset, end).buffer) });
    offset = end;
  }
  if (offset !== bytes.length) throw new FormatError({ code: "tfjs/weights-left-over", bytes: bytes.length - offset });
  return weights;
}

/** One float32 weight file and its manifest. */
export function encodeWeights(weights: ReadonlyMap<string, Weight>): { manifest: WeightsManifest; bytes: Uint8Array } {
  const specs = [...weights].map(([name, { shape }]) => ({ name, shape: [...shape], dtype: "float32" as const }));
  const total = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  const joined = new Float32Array(total);
  let offset = 0;
  for (const { data } of weights.values()) {
    joined.set(data, offset);
    offset += data.length;
  }
  return { manifest: [{ paths: ["weights.bin"], weights: specs }], bytes: new Uint8Array(joined.buffer) };
}

function decode(spec: WeightSpec, stored: keyof typeof BYTES, buffer: ArrayBuffer): Float32Array {
  const { scale = 1, min = 0 } = spec.quantization ?? {};
  switch (stored) {
    case "float32":
      return new Float32Array(buffer);
    case "int32":
      return Float32Array.from(new Int32Array(buffer));
    case "bool":
      return Float32Array.from(new Uint8Array(buffer));
    case "uint8":
      return decodeEach(new Uint8Array(buffer), (value) => value * scale + min);
    case "uint16":
      return decodeEach(new Uint16Array(buffer), (value) => value * scale + min);
    case "float16":
      return decodeEach(new Uint16Array(buffer), halfToNumber);
  }
}

/** A plain loop: `Float32Array.from` takes half a second for millions of weights. */
function decodeEach(codes: Uint8Array | Uint16Array, numberOf: (code: number) => number): Float32Array {
  const values = new Float32Array(codes.length);
  for (let at = 0; at < codes.length; at++) values[at] = numberOf(codes[at] as number);
  return values;
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
