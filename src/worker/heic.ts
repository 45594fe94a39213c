/** HEIC photos (ISO/IEC 23008-12), by the browser where it decodes them, as Safari does, and by libheif where not. */
import { encodeBitmap, encodePixels } from "../engine/encode.ts";
import { loadPart, PartError } from "../errors/part.ts";
import { FormatError } from "../formats/errors.ts";
import { largestPicture } from "../formats/images/avif.ts";
import { checkPixels } from "../formats/images/limits.ts";
import type { HeifImage } from "./libheif.ts";

/**
 * The main picture as a JPEG or, where it can be seen through, a PNG, upright.
 * @throws FormatError when it is damaged, too large or a film
 * @throws PartError when libheif cannot be loaded
 */
export async function convertHeic(bytes: Uint8Array<ArrayBuffer>): Promise<Blob> {
  if (/^(hev|msf)/.test(String.fromCharCode(...bytes.subarray(8, 12)))) {
    throw new FormatError({ code: "image/heic-film" });
  }
  const { width, height } = largestPicture(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (width === 0) throw damaged();
  checkPixels(width, height);
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/heic" })).catch(() => null);
  return bitmap ? encodeBitmap(bitmap) : decodeByLibheif(bytes);
}

async function decodeByLibheif(bytes: Uint8Array): Promise<Blob> {
  const { heif, pixelsOf } = await loadLibheif();
  const decoder = new heif.HeifDecoder();
  let images: HeifImage[] = [];
  try {
    images = decoder.decode(bytes);
    const main = images.find((each) => each.is_primary()) ?? images[0];
    if (!main) throw damaged();
    const [width, height] = [main.get_width(), main.get_height()];
    checkPixels(width, height);
    const data = await pixelsOf(heif, main, width, height);
    if (!data) throw damaged();
    return await encodePixels({ width, height, data, seeThrough: main.has_alpha_channel() });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || typeof error === "number") throw damaged();
    throw error;
  } finally {
    for (const image of images) image.free();
    if (decoder.decoder) heif.heif_context_free(decoder.decoder);
  }
}

function damaged(): FormatError {
  return new FormatError({ code: "image/damaged", type: "heic" });
}

let loading: ReturnType<typeof startLibheif> | null = null;

/** Once for all; after a failure it is tried again. */
function loadLibheif() {
  loading ??= startLibheif().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function startLibheif() {
  const { start, pixelsOf, wasmAddress } = await loadPart("heic", () => import("./libheif.ts"));
  const response = await fetch(wasmAddress).catch(() => null);
  const wasmBinary = response?.ok ? await response.arrayBuffer().catch(() => null) : null;
  if (!wasmBinary) throw new PartError({ code: "part/not-loaded", part: "heic" });
  return { heif: start(wasmBinary), pixelsOf };
}
