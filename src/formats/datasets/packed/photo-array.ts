/** Arrays of photos: number × height × width, with the colours last or second, or without. */
import { interleaved, type Pixels, pngOf } from "../../images/png.ts";
import { byRows, bytesOfType, type NumberArray, numbersIn } from "./numbers.ts";

export interface PhotoArray {
  readonly count: number;
  /** Bytes of a photo. */
  readonly size: number;
  /** A photo as a PNG. */
  read(at: number): Promise<Blob>;
}

interface Layout {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** As they stand: one, three, or four with opacity. */
  readonly channels: number;
  readonly planar: boolean;
}

/** What is longer is no row of a photo. */
const LONGEST_SIDE = 32_767;
/** Photos whose values are looked at to know their range. */
const LOOKED_AT = 16;

/** null when no photos have such a shape. */
export function layoutOf(shape: readonly number[]): Layout | null {
  const [count = 0, a = 0, b = 0, c] = shape;
  const layout =
    shape.length === 3
      ? { count, height: a, width: b, channels: 1, planar: false }
      : shape.length === 4 && c !== undefined
        ? isColours(c) || !isColours(a)
          ? { count, height: a, width: b, channels: c, planar: false }
          : { count, height: b, width: c, channels: a, planar: true }
        : null;
  if (!layout || !isColours(layout.channels)) return null;
  // Two pixels are no photo: such an array is a table of numbers.
  const sides = [layout.height, layout.width];
  return sides.every((side) => side > 4 && side <= LONGEST_SIDE) ? layout : null;
}

function isColours(side: number): boolean {
  return side === 1 || side === 3 || side === 4;
}

/**
 * The photos of an array; null when it has none. Bytes are taken as they are; other numbers by the range that the first of
 * them and some others are in: 0 to 1, −1 to 1, 0 to 255 or 0 to 65,535.
 * @param file its name, for messages
 * @param isTransposed whether columns stand where rows stand elsewhere, so that the photos have to be turned over
 */
export async function photoArray(array: NumberArray, file: string, isTransposed = false): Promise<PhotoArray | null> {
  const layout = layoutOf(array.shape);
  if (!layout) return null;
  const { count, height, width, channels, planar } = layout;
  let rows: Promise<NumberArray> | null = null;
  const size = height * width * channels * bytesOfType(array.type);
  const valuesAt = async (at: number) => {
    rows ??= byRows(array, file);
    const bytes = await (await rows).blob.slice(at * size, (at + 1) * size).arrayBuffer();
    return array.type === "u1" ? new Uint8Array(bytes) : numbersIn(array, bytes);
  };
  const toByte = array.type === "u1" ? null : await scaleOf(count, valuesAt);
  return {
    count,
    size,
    async read(at) {
      const values = await valuesAt(at);
      const bytes = toByte ? Uint8Array.from(values, toByte) : (values as Uint8Array);
      const pixels = planar ? interleaved(bytes, channels) : bytes;
      const opaque = channels === 4 ? pixels.filter((_, place) => place % 4 !== 3) : pixels;
      const picture = { width, height, channels: channels === 1 ? 1 : 3, values: opaque } as const;
      return pngOf(isTransposed ? transposed(picture) : picture);
    },
  };
}

/** Rows as columns. */
function transposed({ width, height, channels, values }: Pixels): Pixels {
  const turned = new Uint8Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      turned.set(values.subarray(from, from + channels), (x * height + y) * channels);
    }
  }
  return { width: height, height: width, channels, values: turned };
}

async function scaleOf(count: number, valuesAt: (at: number) => Promise<ArrayLike<number>>) {
  let [least, most] = [0, 0];
  const looked = Math.min(LOOKED_AT, count);
  for (let each = 0; each < looked; each++) {
    for (const value of Array.from(await valuesAt(Math.floor((each * count) / looked)))) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  const high = most <= 1 && least >= -1 ? 1 : most <= 255 ? 255 : 65_535;
  const from = least < 0 ? -high : 0;
  return (value: number) => Math.round(Math.min(Math.max((value - from) / (high - from), 0), 1) * 255) || 0;
}
