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
  const small = shrunk(light, width, height);
  const found = new Float64Array(FREQUENCIES * FREQUENCIES);
  // Separable: rows first, each to its lowest frequencies, then columns.
  const byRow = new Float64Array(SIDE * FREQUENCIES);
  for (let y = 0; y < SIDE; y++) {
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += (small[y * SIDE + x] ?? 0) * cosine(u + 1, x);
      byRow[y * FREQUENCIES + u] = sum;
    }
  }
  for (let v = 0; v < FREQUENCIES; v++) {
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += (byRow[y * FREQUENCIES + u] ?? 0) * cosine(v + 1, y);
      found[v * FREQUENCIES + u] = sum;
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

/** The photo squashed to a square, each of its cells the mean of what it covers. */
function shrunk(light: Float32Array, width: number, height: number): Float32Array {
  const across = shrunkRows(light, width, height);
  return shrunkRows(turned(across, SIDE, height), height, SIDE);
}

/** Each row to `SIDE` means; cells that cover parts of pixels weigh them so. Gives `[rows × SIDE]`. */
function shrunkRows(values: Float32Array, length: number, rows: number): Float32Array {
  const result = new Float32Array(rows * SIDE);
  const step = length / SIDE;
  for (let cell = 0; cell < SIDE; cell++) {
    const [from, to] = [cell * step, (cell + 1) * step];
    for (let at = Math.floor(from); at < Math.min(length, Math.ceil(to)); at++) {
      const share = (Math.min(to, at + 1) - Math.max(from, at)) / step;
      for (let row = 0; row < rows; row++) {
        const place = row * SIDE + cell;
        result[place] = (result[place] ?? 0) + share * (values[row * length + at] ?? 0);
      }
    }
  }
  return result;
}

function turned(values: Float32Array, width: number, height: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) result[x * height + y] = values[y * width + x] ?? 0;
  }
  return result;
}

/** Bits of 32 that are 1 (Warren 2013, figure 5–2). */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
