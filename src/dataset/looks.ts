import type { PhotoLooks } from "./dataset.ts";
import { perceptualHash } from "./perceptual-hash.ts";

/**
 * How a photo looks. Photos can be compared when they are given at one size, those smaller than it at their own.
 *
 * @param rgba `[height × width × 4]`, row-major; what is see-through counts as white
 */
export function looksOf(rgba: Uint8ClampedArray, width: number, height: number): PhotoLooks {
  const light = lightOf(rgba);
  return {
    hash: perceptualHash(light, width, height),
    sharpness: laplacianVariance(light, width, height),
    brightness: light.reduce((sum, value) => sum + value, 0) / light.length,
  };
}

/**
 * Luma of ITU-R BT.601, 0..1, of each pixel.
 * @param rgba row-major; what is see-through counts as white
 */
export function lightOf(rgba: Uint8ClampedArray): Float32Array {
  const light = new Float32Array(rgba.length / 4);
  for (let at = 0; at < light.length; at++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = [
      rgba[4 * at],
      rgba[4 * at + 1],
      rgba[4 * at + 2],
      rgba[4 * at + 3],
    ];
    const luma = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
    light[at] = 1 + (luma - 1) * (alpha / 255);
  }
  return light;
}

/** Pech-Pacheco et al. 2000, “LAPV”: blurred photos have little of it. The edge has no Laplacian and is left out. */
function laplacianVariance(light: Float32Array, width: number, height: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const around = (light[at - 1] ?? 0) + (light[at + 1] ?? 0) + (light[at - width] ?? 0) + (light[at + width] ?? 0);
      const value = around - 4 * (light[at] ?? 0);
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  return count ? Math.max(0, squares / count - (sum / count) ** 2) : 0;
}
