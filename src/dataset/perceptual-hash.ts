import { shrink } from "./shrink.ts";

/** Light on a small square, as a perceptual hash takes it. */
const SIDE = 32;
/** Frequencies along each axis that the hash looks at, from the second one on. */
const FREQUENCIES = 8;

/**
 * A photo's perceptual hash: 64 bits as 16 hexadecimal digits. Copies of a photo, smaller, lighter or saved again, differ
 * in few bits; unrelated photos differ in about half of them.
 *
 * The DCT hash of Zauner 2010, section 3.2.1: each bit says whether one of the 8 × 8 lowest frequencies of the cosine
 * transform, the constant ones left out, is above their median.
 *
 * @param light `[height × width]`, row-major, 0..1
 */
export function perceptualHash(light: Float32Array, width: number, height: number): string {
  const { values: small } = shrink({ width, height, values: light }, SIDE, SIDE);
  const found = new Float64Array(FREQUENCIES * FREQUENCIES);
  // Separable: columns first, each to its lowest frequencies, then rows.
  const byColumn = new Float64Array(SIDE * FREQUENCIES);
  for (let x = 0; x < SIDE; x++) {
    for (let v = 0; v < FREQUENCIES; v++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += (small[y * SIDE + x] ?? 0) * cosine(v + 1, y);
      byColumn[x * FREQUENCIES + v] = sum;
    }
  }
  // Hashes that are kept have their bits in this order: all of the lowest frequency across come first.
  for (let u = 0; u < FREQUENCIES; u++) {
    for (let v = 0; v < FREQUENCIES; v++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += (byColumn[x * FREQUENCIES + v] ?? 0) * cosine(u + 1, x);
      found[u * FREQUENCIES + v] = sum;
    }
  }
  const sorted = found.toSorted();
  const middle = sorted.length / 2;
  const median = ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  let digits = "";
  for (let at = 0; at < found.length; at += 4) {
    let digit = 0;
    for (let bit = 0; bit < 4; bit++) digit = digit * 2 + ((found[at + bit] ?? 0) > median ? 1 : 0);
    digits += digit.toString(16);
  }
  return digits;
}

/** A hash's 64 bits as two integers, which are compared fast. */
export type HashWords = readonly [number, number];

export function hashWords(hash: string): HashWords {
  return [Number.parseInt(hash.slice(0, 8), 16) | 0, Number.parseInt(hash.slice(8, 16), 16) | 0];
}

/** Bits in which two perceptual hashes differ, 0..64 (Hamming 1950). */
export function hashDistance(a: HashWords, b: HashWords): number {
  return ones(a[0] ^ b[0]) + ones(a[1] ^ b[1]);
}

const COSINES = Float64Array.from({ length: SIDE * (FREQUENCIES + 1) }, (_, at) =>
  Math.cos((Math.PI / SIDE) * Math.floor(at / SIDE) * ((at % SIDE) + 0.5)),
);

function cosine(frequency: number, place: number): number {
  return COSINES[frequency * SIDE + place] ?? 0;
}

/** Bits of 32 that are 1 (Warren 2013, figure 5–2). */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
