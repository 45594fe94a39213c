/** Photos and camera frames to pixels of a network's input size. */
import { CodedError } from "../errors/coded-error.ts";

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

export interface Target extends PixelSize {
  /** `center` cuts the largest centred rectangle of the target's aspect ratio; `squash` stretches. */
  readonly crop: "center" | "squash";
}

/** What is known of a photo before it is decoded. */
export interface PhotoFacts extends PixelSize {
  /** EXIF orientation, 1..8; width and height are upright. */
  readonly orientation: number;
  readonly type: string;
}

export type PhotoFault = { readonly code: "photo/undecodable" } | { readonly code: "photo/no-canvas" };

/** A photo that the browser cannot decode. */
export class PhotoError extends CodedError<PhotoFault> {
  override readonly name = "PhotoError";
}

/** Above this a photo is decoded small from the start; below, exactly as Teachable Machine would, for equal pixels. */
const SCALED_DECODE_PIXELS = 2e6;

/** From here on photos take turns: one of 100 megapixels that cannot be decoded small fills 400 MB for a while. */
const LARGE_PIXELS = 25e6;

/** Long side of a thumbnail, in pixels. */
export const THUMBNAIL_SIDE = 192;

/** Drawn on and read at once, never across an `await`, so that one serves all. */
let canvas: OffscreenCanvas | null = null;

/**
 * A photo's pixels at the target's size, upright: RGBA, row-major, `width × height × 4` bytes.
 * @throws PhotoError when it cannot be decoded
 */
export async function decodePhoto(photo: Blob, facts: PhotoFacts, target: Target): Promise<Uint8ClampedArray> {
  const source = await decodeFor(photo, facts, target);
  try {
    return drawAndRead(source, target, false);
  } finally {
    source.close();
  }
}

/**
 * A small upright copy and, of the same decoding, the pixels that `decodePhoto` gives.
 * @param target at least half as large as a thumbnail each way, or the thumbnail would be blurred
 * @throws PhotoError when it cannot be decoded
 */
export async function decodeOnce(
  photo: Blob,
  facts: PhotoFacts,
  target: Target,
): Promise<{ readonly thumbnail: Thumbnail; readonly pixels: Uint8ClampedArray }> {
  const source = await decodeFor(photo, facts, target);
  try {
    const pixels = drawAndRead(source, target, false);
    return { pixels, thumbnail: await drawThumbnail(source, facts, thumbnailSize(facts, THUMBNAIL_SIDE)) };
  } finally {
    source.close();
  }
}

function decodeFor(photo: Blob, facts: PhotoFacts, target: PixelSize): Promise<ImageBitmap | VideoFrame> {
  const isSmall = facts.width * facts.height <= SCALED_DECODE_PIXELS;
  return orPhotoError(() => (isSmall ? createImageBitmap(photo) : decodeNear(photo, facts, target)));
}

/** A camera frame's pixels at the target's size; the frame stays open. */
export function decodeFrame(frame: ImageBitmap, target: Target, mirrored: boolean): Uint8ClampedArray {
  return drawAndRead(frame, target, mirrored);
}

export interface Thumbnail extends PixelSize {
  /** A JPEG or, where the photo may be see-through, a WebP. */
  readonly file: Blob;
  /** RGBA, row-major. */
  readonly pixels: Uint8ClampedArray;
}

/**
 * A small upright copy.
 * @param longSide pixels
 * @throws PhotoError when it cannot be decoded
 */
export async function makeThumbnail(photo: Blob, facts: PhotoFacts, longSide = THUMBNAIL_SIDE): Promise<Thumbnail> {
  const size = thumbnailSize(facts, longSide);
  const source = await orPhotoError(() => decodeNear(photo, facts, size));
  try {
    return await drawThumbnail(source, facts, size);
  } finally {
    source.close();
  }
}

function thumbnailSize({ width, height }: PixelSize, longSide: number): PixelSize {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function drawThumbnail(
  source: ImageBitmap | VideoFrame,
  facts: PhotoFacts,
  { width, height }: PixelSize,
): Promise<Thumbnail> {
  const small = new OffscreenCanvas(width, height);
  const context = contextOf(small);
  context.imageSmoothingQuality = "medium";
  context.drawImage(halveTowards(source, { width, height }), 0, 0, width, height);
  const pixels = context.getImageData(0, 0, width, height).data;
  const type = facts.type === "jpeg" ? "image/jpeg" : "image/webp";
  return { file: await small.convertToBlob({ type, quality: 0.8 }), pixels, width, height };
}

/**
 * The pixels of a picture that is small already, as a thumbnail is.
 * @throws PhotoError when it cannot be decoded
 */
export async function pixelsOf(picture: Blob): Promise<Omit<Thumbnail, "file">> {
  const source = await orPhotoError(() => createImageBitmap(picture));
  try {
    const { width, height } = source;
    const context = contextOf(new OffscreenCanvas(width, height));
    context.drawImage(source, 0, 0);
    return { pixels: context.getImageData(0, 0, width, height).data, width, height };
  } finally {
    source.close();
  }
}

/** At the target's size or somewhat above it. */
async function decodeNear(photo: Blob, facts: PhotoFacts, target: PixelSize): Promise<ImageBitmap | VideoFrame> {
  // Twice the target leaves the last step of scaling a sound filter's worth of pixels.
  const scale = Math.min(1, Math.max((2 * target.width) / facts.width, (2 * target.height) / facts.height));
  const width = Math.max(1, Math.ceil(facts.width * scale));
  const height = Math.max(1, Math.ceil(facts.height * scale));
  const decode = async () =>
    (await decodeScaled(photo, facts, width, height)) ??
    (await createImageBitmap(photo, { resizeWidth: width, resizeHeight: height, resizeQuality: "medium" }));
  return facts.width * facts.height > LARGE_PIXELS ? inTurn(decode) : decode();
}

let lastLarge: Promise<unknown> = Promise.resolve();

/** One after another. */
function inTurn<T>(decode: () => Promise<T>): Promise<T> {
  const decoding = lastLarge.then(decode, decode);
  lastLarge = decoding.catch(() => undefined);
  return decoding;
}

async function orPhotoError<T>(decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch {
    throw new PhotoError({ code: "photo/undecodable" });
  }
}

/**
 * WebCodecs decodes a JPEG at a fraction of its size, several times faster than whole. Where frames know no rotation it
 * leaves EXIF orientation alone, and serves upright photos only. null where it does not apply.
 */
async function decodeScaled(photo: Blob, facts: PhotoFacts, width: number, height: number): Promise<VideoFrame | null> {
  const type = `image/${facts.type}`;
  if (typeof ImageDecoder === "undefined" || !(await ImageDecoder.isTypeSupported(type))) return null;
  if (facts.orientation !== 1 && !("rotation" in VideoFrame.prototype)) return null;
  // The wish is for the photo as it is stored.
  const [desiredWidth, desiredHeight] = facts.orientation > 4 ? [height, width] : [width, height];
  const decoder = new ImageDecoder({ data: photo.stream(), type, desiredWidth, desiredHeight });
  try {
    return (await decoder.decode()).image;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

function drawAndRead(source: ImageBitmap | VideoFrame, target: Target, mirrored: boolean): Uint8ClampedArray {
  canvas ??= new OffscreenCanvas(target.width, target.height);
  canvas.width = target.width;
  canvas.height = target.height;
  const context = contextOf(canvas);
  if (mirrored) context.setTransform(-1, 0, 0, 1, target.width, 0);
  const { x, y, width, height } = placement(sizeOf(source), target);
  context.drawImage(halveTowards(source, { width, height }), x, y, width, height);
  return context.getImageData(0, 0, target.width, target.height).data;
}

/**
 * The source halved until less than a halving remains. A canvas samples a bitmap too sparsely below half its size; an
 * `<img>` it first shrinks like this, which is what Teachable Machine's library sees.
 */
function halveTowards(source: ImageBitmap | VideoFrame, size: PixelSize): CanvasImageSource {
  let halved: CanvasImageSource = source;
  let { width, height } = sizeOf(source);
  while (width >= 2 * size.width && height >= 2 * size.height) {
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
    const half = new OffscreenCanvas(width, height);
    contextOf(half).drawImage(halved, 0, 0, width, height);
    halved = half;
  }
  return halved;
}

/** Where the whole source is drawn. For `center`, with the rounding of Teachable Machine's `cropTo`. */
function placement(source: PixelSize, target: Target): PixelSize & { x: number; y: number } {
  if (target.crop === "squash") return { x: 0, y: 0, width: target.width, height: target.height };
  const scale = Math.max(target.width / source.width, target.height / source.height);
  const width = Math.ceil(source.width * scale);
  const height = Math.ceil(source.height * scale);
  return {
    x: -Math.trunc((width - target.width) / 2),
    y: -Math.trunc((height - target.height) / 2),
    width,
    height,
  };
}

function sizeOf(source: ImageBitmap | VideoFrame): PixelSize {
  return "displayWidth" in source ? { width: source.displayWidth, height: source.displayHeight } : source;
}

function contextOf(surface: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = surface.getContext("2d", { willReadFrequently: true });
  if (!context) throw new PhotoError({ code: "photo/no-canvas" });
  return context;
}
