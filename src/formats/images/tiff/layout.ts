/** How a TIFF's picture is laid out, and whether it is a kind that is read here. */
import { FormatError } from "../../errors.ts";
import { checkPixels } from "../limits.ts";
import { type Directory, TAG } from "./directories.ts";
import { COMPRESSION } from "./unpack.ts";

/** Section 3 and 5 of TIFF 6.0. */
export const PHOTOMETRIC = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, cmyk: 5, yCbCr: 6 } as const;

/** Strips are blocks that are as wide as the picture. Where colours lie in planes, the blocks of the first plane come first. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** EXIF's, 1..8. */
  readonly orientation: number;
  readonly photometric: number;
  readonly compression: number;
  /** 1, 2, 4, 8 or 16. */
  readonly bits: number;
  /** Colours, see-throughness and whatever else a pixel has. */
  readonly samples: number;
  /** Which sample says how far a pixel can be seen through; null without one. */
  readonly alpha: { readonly sample: number; readonly multiplied: boolean } | null;
  readonly planar: boolean;
  /** Whether values are the differences from those to their left. */
  readonly differences: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
  /** Red, green and blue, 0..65535, of each index one after another; empty without a palette. */
  readonly palette: readonly number[];
  readonly jpegTables: Uint8Array | null;
}

/**
 * @throws FormatError when it is a kind that is not read, too large or damaged
 * @throws RangeError when it is cut short
 */
export function layoutOf(directory: Directory): Layout {
  const { number } = directory;
  const [width, height] = [number(TAG.width, 0), number(TAG.height, 0)];
  checkPixels(width, height);
  const samples = number(TAG.samplesPerPixel, 1);
  const bits = number(TAG.bitsPerSample, 1);
  const photometric = number(TAG.photometric, samples >= 3 ? PHOTOMETRIC.rgb : PHOTOMETRIC.blackIsZero);
  const compression = number(TAG.compression, COMPRESSION.none);
  const predictor = number(TAG.predictor, 1);
  checkVariant(directory, { samples, bits, photometric, compression, predictor });
  const tiled = directory.has(TAG.tileOffsets);
  const orientation = number(TAG.orientation, 1);
  const layout: Layout = {
    ...{ width, height, photometric, compression, bits, samples },
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    alpha: alphaOf(directory, samples, photometric),
    planar: samples > 1 && number(TAG.planarConfiguration, 1) === 2,
    differences: predictor === 2,
    blockWidth: tiled ? number(TAG.tileWidth, 0) : width,
    blockHeight: tiled ? number(TAG.tileHeight, 0) : Math.min(number(TAG.rowsPerStrip, height), height),
    offsets: directory.numbers(tiled ? TAG.tileOffsets : TAG.stripOffsets),
    byteCounts: directory.numbers(tiled ? TAG.tileByteCounts : TAG.stripByteCounts),
    palette: photometric === PHOTOMETRIC.palette ? directory.numbers(TAG.colourMap) : [],
    jpegTables: compression === COMPRESSION.jpeg ? directory.bytes(TAG.jpegTables) : null,
  };
  checkBlocks(layout);
  return layout;
}

interface Variant {
  readonly samples: number;
  readonly bits: number;
  readonly photometric: number;
  readonly compression: number;
  readonly predictor: number;
}

const COLOURS: Readonly<Record<number, number>> = {
  [PHOTOMETRIC.whiteIsZero]: 1,
  [PHOTOMETRIC.blackIsZero]: 1,
  [PHOTOMETRIC.rgb]: 3,
  [PHOTOMETRIC.palette]: 1,
  [PHOTOMETRIC.cmyk]: 4,
  [PHOTOMETRIC.yCbCr]: 3,
};

/** Pixels of a photo have four or five samples at most; pictures of measuring instruments may have hundreds. */
const MOST_SAMPLES = 8;

/** How many of a pixel's samples are colours. */
export function coloursOf(photometric: number): number {
  return COLOURS[photometric] ?? 0;
}

function checkVariant(directory: Directory, { samples, bits, photometric, compression, predictor }: Variant): void {
  const refuse = (variant: "numbers" | "colours" | "packing") => {
    throw new FormatError({ code: "image/tiff-variant", variant });
  };
  const known: readonly number[] = Object.values(COMPRESSION);
  if (!known.includes(compression) || compression === COMPRESSION.oldJpeg) refuse("packing");
  const isJpeg = compression === COMPRESSION.jpeg;
  const colours = coloursOf(photometric);
  if (colours === 0 || samples < colours || samples > MOST_SAMPLES) refuse("colours");
  if (photometric === PHOTOMETRIC.yCbCr && !isJpeg) refuse("colours");
  if (directory.numbers(TAG.sampleFormat).some((format) => format !== 1 && format !== 4)) refuse("numbers");
  if (directory.numbers(TAG.bitsPerSample).some((each) => each !== bits)) refuse("numbers");
  const depths = isJpeg ? [8] : colours === 1 && samples === 1 ? [1, 2, 4, 8, 16] : [8, 16];
  if (!depths.includes(bits) || (photometric === PHOTOMETRIC.palette && bits > 8)) refuse("numbers");
  if (predictor > 2 || (predictor === 2 && bits < 8)) refuse("packing");
  if (isJpeg && ![1, 3].includes(samples)) refuse("colours");
}

/** Section 18: 1 is a value that the colours are multiplied with, 2 is one that they are not. */
function alphaOf(directory: Directory, samples: number, photometric: number): Layout["alpha"] {
  const at = directory.numbers(TAG.extraSamples).findIndex((kind) => kind === 1 || kind === 2);
  const sample = coloursOf(photometric) + at;
  if (at < 0 || sample >= samples) return null;
  return { sample, multiplied: directory.numbers(TAG.extraSamples)[at] === 1 };
}

/** Tiles may hang over the edge, by less than their own size. */
const MOST_BLOCK_PIXELS = 50e6;

function checkBlocks(layout: Layout): void {
  const { width, height, blockWidth, blockHeight, offsets, byteCounts, planar, samples, palette, bits } = layout;
  const damaged = () => {
    throw new FormatError({ code: "image/damaged", type: "tiff" });
  };
  if (blockWidth < 1 || blockHeight < 1) damaged();
  if (blockWidth > 2 * width + 1024 || blockHeight > 2 * height + 1024) damaged();
  if (blockWidth * blockHeight > MOST_BLOCK_PIXELS) damaged();
  const blocks = Math.ceil(width / blockWidth) * Math.ceil(height / blockHeight) * (planar ? samples : 1);
  if (offsets.length < blocks || byteCounts.length < blocks) damaged();
  if (layout.photometric === PHOTOMETRIC.palette && palette.length < 3 * 2 ** bits) damaged();
}
