/** Numbers of 16 bits: IEEE 754 binary16. */

/** The largest that there is. */
const LARGEST = 65504;

export function fitInHalves(values: Float32Array): boolean {
  let most = 0;
  for (let at = 0; at < values.length; at++) most = Math.max(most, Math.abs(values[at] as number));
  return most <= LARGEST;
}

/** @param values that `fitInHalves` @returns each rounded to the nearest, to an even one between two */
export function halfBytes(values: Float32Array): Uint8Array {
  const halves = new Uint16Array(values.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let at = 0; at < halves.length; at++) halves[at] = half(bits[at] as number);
  return new Uint8Array(halves.buffer);
}

/** @param bits of a number of 32 bits */
function half(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const fraction = bits & 0x7fffff;
  // A carry out of the fraction makes the exponent one more, as it should be.
  if (exponent > 0) return sign | rounded((exponent << 23) | fraction, 13);
  // Below the smallest of full precision, the leading one is written out.
  return exponent < -10 ? sign : sign | rounded(fraction | 0x800000, 14 - exponent);
}

/** @returns value / 2^places */
function rounded(value: number, places: number): number {
  const down = value >>> places;
  const rest = value & ((1 << places) - 1);
  const middle = 1 << (places - 1);
  return down + (rest > middle || (rest === middle && (down & 1) === 1) ? 1 : 0);
}
