/** A TIFF's picture as a browser shows pictures: upright, red, green, blue and see-throughness in a byte each. */
import { type Block, blocksOf, type DecodeJpeg } from "./blocks.ts";
import { coloursOf, type Layout, PHOTOMETRIC } from "./layout.ts";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, row-major. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /** Whether any pixel can be seen through. */
  readonly seeThrough: boolean;
}

/**
 * Greys of 16 bits are read as 12 or 14 bits where no pixel has more: microscopes' cameras write them so, and by their
 * upper byte alone they would all be black.
 *
 * @param bytes of the file
 * @throws FormatError when the picture is damaged or cut short
 */
export async function readPixels(bytes: Uint8Array, layout: Layout, decodeJpeg: DecodeJpeg): Promise<Pixels> {
  const { width, height, orientation } = layout;
  const data = new Uint8ClampedArray(4 * width * height);
  const depth = await depthOf(bytes, layout, decodeJpeg);
  const place = placing(layout);
  const paint = painter(layout, depth);
  let seeThrough = false;
  for await (const block of blocksOf(bytes, layout, decodeJpeg)) {
    for (let row = 0; row < block.height; row++) {
      let from = row * block.stride * block.samples;
      let to = place.start + block.x * place.right + (block.y + row) * place.down;
      for (let column = 0; column < block.width; column++) {
        paint(block, from, data, to);
        if ((data[to + 3] ?? 0) < 255) seeThrough = true;
        from += block.samples;
        to += place.right;
      }
    }
  }
  const turned = orientation > 4;
  return { width: turned ? height : width, height: turned ? width : height, data, seeThrough };
}

async function depthOf(bytes: Uint8Array, layout: Layout, decodeJpeg: DecodeJpeg): Promise<number> {
  if (layout.bits !== 16 || coloursOf(layout.photometric) !== 1) return layout.bits;
  let most = 0;
  for await (const { values, samples } of blocksOf(bytes, layout, decodeJpeg)) {
    for (let at = 0; at < values.length; at += samples) most = Math.max(most, values[at] ?? 0);
  }
  return [12, 14].find((bits) => most < 2 ** bits) ?? 16;
}

/** Where pixels go in the upright picture: the first one, and steps to the next one to the right and below. */
function placing({ width, height, orientation }: Layout) {
  const turned = orientation > 4;
  const [right, down] = turned ? [4 * height, 4] : [4, 4 * width];
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBelow = [3, 4, 6, 7].includes(orientation);
  return {
    start: (fromRight ? (width - 1) * right : 0) + (fromBelow ? (height - 1) * down : 0),
    right: fromRight ? -right : right,
    down: fromBelow ? -down : down,
  };
}

/** Puts one pixel's values, which begin at `from`, in place. */
type Paint = (block: Block, from: number, data: Uint8ClampedArray, to: number) => void;

function painter(layout: Layout, depth: number): Paint {
  const paint = colourPainter(layout, depth);
  const { alpha } = layout;
  if (alpha === null) return paint;
  const scale = 255 / (2 ** layout.bits - 1);
  return (block, from, data, to) => {
    paint(block, from, data, to);
    const opaque = (block.values[from + alpha.sample] ?? 0) * scale;
    data[to + 3] = opaque;
    if (!alpha.multiplied || opaque === 0) return;
    for (let colour = 0; colour < 3; colour++) data[to + colour] = ((data[to + colour] ?? 0) * 255) / opaque;
  };
}

function colourPainter({ photometric, bits, palette }: Layout, depth: number): Paint {
  const scale = 255 / (2 ** depth - 1);
  const put = (data: Uint8ClampedArray, to: number, red: number, green: number, blue: number) => {
    data[to] = red;
    data[to + 1] = green;
    data[to + 2] = blue;
    data[to + 3] = 255;
  };
  const value = ({ values }: Block, at: number) => values[at] ?? 0;
  if (photometric === PHOTOMETRIC.palette) {
    const size = 2 ** bits;
    // Some writers give bytes instead of 16 bits.
    const bytes = palette.every((each) => each < 256);
    const colour = (at: number) => (bytes ? (palette[at] ?? 0) : (palette[at] ?? 0) >> 8);
    return (block, from, data, to) => {
      const index = value(block, from);
      put(data, to, colour(index), colour(size + index), colour(2 * size + index));
    };
  }
  if (photometric === PHOTOMETRIC.cmyk) {
    return (block, from, data, to) => {
      const light = 1 - (value(block, from + 3) * scale) / 255;
      const colour = (at: number) => (255 - value(block, from + at) * scale) * light;
      put(data, to, colour(0), colour(1), colour(2));
    };
  }
  if (photometric === PHOTOMETRIC.rgb || photometric === PHOTOMETRIC.yCbCr) {
    return (block, from, data, to) =>
      put(data, to, value(block, from) * scale, value(block, from + 1) * scale, value(block, from + 2) * scale);
  }
  const inverted = photometric === PHOTOMETRIC.whiteIsZero;
  return (block, from, data, to) => {
    const grey = inverted ? 255 - value(block, from) * scale : value(block, from) * scale;
    put(data, to, grey, grey, grey);
  };
}
