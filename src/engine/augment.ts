/** Extra views of a photo for training on a frozen base: each view is embedded once and kept, like the photo itself. */
import { createRandom, hashSeed } from "../dataset/random.ts";
import type { Augmentation } from "../training/settings.ts";
import type { PixelSize } from "./decode.ts";

/** Views of each training photo, the photo itself included. */
export function viewsOf(augmentation: Augmentation): number {
  return { none: 1, flip: 2, strong: 4 }[augmentation];
}

/** Different views that fine-tuning may take of a photo; infinite where each epoch draws a new one. */
export function viewsInTurn(augmentation: Augmentation): number {
  return { none: 1, flip: 2, strong: Number.POSITIVE_INFINITY }[augmentation];
}

/** The view that an epoch of fine-tuning takes of a photo. @param random uniform on [0, 1) */
export function viewInEpoch(augmentation: Augmentation, random: () => number): number {
  switch (augmentation) {
    case "none":
      return 0;
    case "flip":
      return random() < 0.5 ? 0 : 1;
    case "strong":
      return 2 + Math.floor(random() * 2 ** 31);
  }
}

/**
 * One view of a photo: 0 is the photo, 1 its mirror image; from 2 on a zoom into 75–100 % of it, mirrored or not, with
 * brightness and contrast changed by up to 20 %. The same photo and view always give the same pixels.
 *
 * @param pixels RGBA, `width × height × 4`
 */
export function augmentPixels(
  pixels: Uint8ClampedArray,
  size: PixelSize,
  photo: string,
  view: number,
): Uint8ClampedArray {
  if (view === 0) return pixels;
  if (view === 1) return resample(pixels, size, { left: 0, top: 0, zoom: 1, mirrored: true }, 1, 0);
  const random = createRandom(hashSeed(`${photo}/${view}`));
  const zoom = 0.75 + 0.25 * random();
  const left = random() * (1 - zoom) * size.width;
  const top = random() * (1 - zoom) * size.height;
  const contrast = 0.8 + 0.4 * random();
  const brightness = (random() - 0.5) * 0.4 * 128;
  return resample(pixels, size, { left, top, zoom, mirrored: random() < 0.5 }, contrast, brightness);
}

interface Window {
  readonly left: number;
  readonly top: number;
  /** Side of the window as a share of the photo's. */
  readonly zoom: number;
  readonly mirrored: boolean;
}

/** Bilinear; value = (pixel − 128) × contrast + 128 + brightness. */
function resample(
  pixels: Uint8ClampedArray,
  { width, height }: PixelSize,
  { left, top, zoom, mirrored }: Window,
  contrast: number,
  brightness: number,
): Uint8ClampedArray {
  const result = new Uint8ClampedArray(pixels.length);
  const at = (x: number, y: number, channel: number) => pixels[(y * width + x) * 4 + channel] as number;
  for (let y = 0; y < height; y++) {
    const sourceY = Math.min(height - 1, Math.max(0, top + (y + 0.5) * zoom - 0.5));
    const y0 = Math.floor(sourceY);
    const y1 = Math.min(height - 1, y0 + 1);
    for (let x = 0; x < width; x++) {
      const across = mirrored ? width - 1 - x : x;
      const sourceX = Math.min(width - 1, Math.max(0, left + (across + 0.5) * zoom - 0.5));
      const x0 = Math.floor(sourceX);
      const x1 = Math.min(width - 1, x0 + 1);
      const [fx, fy] = [sourceX - x0, sourceY - y0];
      const target = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const upper = at(x0, y0, channel) * (1 - fx) + at(x1, y0, channel) * fx;
        const lower = at(x0, y1, channel) * (1 - fx) + at(x1, y1, channel) * fx;
        result[target + channel] = (upper * (1 - fy) + lower * fy - 128) * contrast + 128 + brightness;
      }
      result[target + 3] = 255;
    }
  }
  return result;
}
