/** Pixels to the bytes of a photo. */
import { PhotoError, type PixelSize } from "./decode.ts";

/** High enough that nothing is seen to be lost. */
const QUALITY = 0.95;

/** @property data RGBA, row-major, `width × height × 4` bytes @property seeThrough whether any pixel can be seen through */
export interface PlainPixels extends PixelSize {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly seeThrough: boolean;
}

/**
 * A JPEG or, where it can be seen through, a PNG.
 * @throws PhotoError when the browser has no canvas for it
 */
export async function encodePixels({ width, height, data, seeThrough }: PlainPixels): Promise<Blob> {
  const canvas = canvasOf({ width, height });
  canvas.context.putImageData(new ImageData(data, width, height), 0, 0);
  return encode(canvas.surface, seeThrough);
}

/** What the browser decodes by itself, as a JPEG. The bitmap is closed. @throws PhotoError as `encodePixels` */
export async function encodeBitmap(bitmap: ImageBitmap): Promise<Blob> {
  try {
    const canvas = canvasOf(bitmap);
    canvas.context.drawImage(bitmap, 0, 0);
    return await encode(canvas.surface, false);
  } finally {
    bitmap.close();
  }
}

function canvasOf({ width, height }: PixelSize) {
  const surface = new OffscreenCanvas(width, height);
  const context = surface.getContext("2d");
  if (!context) throw new PhotoError({ code: "photo/no-canvas" });
  return { surface, context };
}

async function encode(surface: OffscreenCanvas, seeThrough: boolean): Promise<Blob> {
  try {
    return await surface.convertToBlob({ type: seeThrough ? "image/png" : "image/jpeg", quality: QUALITY });
  } catch (error) {
    throw new PhotoError({ code: "photo/no-canvas" }, { cause: error });
  }
}
