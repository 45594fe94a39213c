/** The real browser that the tests drive, and how it is started. */
import { findChromium } from "../scripts/chromium.mjs";

/** They lend a machine without a GPU software WebGL and WebGPU. */
const SOFTWARE_GPU = [
  "--enable-unsafe-swiftshader",
  "--use-webgpu-adapter=swiftshader",
  "--use-angle=swiftshader",
  // To draw the page with an imitated GPU takes half of a small machine's time.
  "--disable-gpu-compositing",
];

/** For `npm test -- --gpu`. Chromium leaves out many GPUs on Linux, and WebGPU has none without a screen to draw on unless told so. */
const REAL_GPU = ["--use-angle=vulkan", "--disable-vulkan-surface", "--ignore-gpu-blocklist"];

/**
 * The pages behind the address bar take a second of each window's start, and nobody types there. Chromium heeds the last list
 * alone: the others are what Playwright 1.65 turns off.
 */
const DISABLED_FEATURES = [
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"],
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"],
  ...[
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
  ],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"],
  "PreconnectToSearch",
];

export const CHROMIUM_ARGUMENTS: readonly string[] = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Scaled by a GPU, a canvas has slightly other pixels on every driver.
  "--disable-accelerated-2d-canvas",
  "--enable-unsafe-webgpu",
  "--enable-features=Vulkan,WebGPU",
  `--disable-features=${DISABLED_FEATURES}`,
  ...(process.env.HEADSTART_GPU === "1" ? REAL_GPU : SOFTWARE_GPU),
];

/** Path of a Chromium or Chrome on this machine. Throws when there is none. */
export function chromiumPath(): string {
  const found = findChromium();
  if (!found) throw new Error("No Chromium found. Install it, or name its path in CHROMIUM_PATH.");
  return found;
}
