/** The real browser that the tests drive, and how it is started. */
import { findChromium } from "../scripts/chromium.mjs";

/** `--enable-*` lend a machine without a GPU software WebGL and WebGPU; the rest keeps the browser off the network. */
export const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Scaled by a GPU, a canvas has slightly other pixels on every driver.
  "--disable-accelerated-2d-canvas",
  // To draw the page with an imitated GPU takes half of a small machine's time.
  "--disable-gpu-compositing",
  "--enable-unsafe-webgpu",
  "--enable-unsafe-swiftshader",
  "--use-webgpu-adapter=swiftshader",
  "--use-angle=swiftshader",
  "--enable-features=Vulkan,WebGPU",
] as const;

/** Path of a Chromium or Chrome on this machine. Throws when there is none. */
export function chromiumPath(): string {
  const found = findChromium();
  if (!found) throw new Error("No Chromium found. Install it, or name its path in CHROMIUM_PATH.");
  return found;
}
