/**
 * libheif with libde265, of libheif-js: LGPL-3.0. Both its files stay apart from the app's own, so that others may be put in
 * their places: its WebAssembly as it is, and a script of its own for what starts it.
 */
import libheif from "libheif-js/libheif-wasm/libheif.js";
import wasmAddress from "libheif-js/libheif-wasm/libheif.wasm?url";

export { wasmAddress };

/** What of libheif-js is used here. */
export interface Heif {
  readonly HeifDecoder: new () => HeifDecoder;
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: { readonly heif_chroma_interleaved_RGBA: unknown };
  /** Colours and see-throughness side by side, in one channel; an error that has a `code` where it cannot be decoded. */
  heif_js_decode_image2(handle: unknown, colourSpace: unknown, chroma: unknown): Decoded | Promise<Decoded>;
  heif_image_release(image: unknown): void;
  heif_context_free(context: unknown): void;
}

interface Decoded {
  readonly image?: unknown;
  /** `stride` bytes from one row to the next; of the machine's memory, so that it has to be copied. */
  readonly channels?: readonly { readonly data: Uint8Array; readonly stride: number }[];
}

interface HeifDecoder {
  /** The file's context, once it has decoded. */
  readonly decoder: unknown;
  /** None where the file cannot be read. */
  decode(bytes: Uint8Array): HeifImage[];
}

export interface HeifImage {
  readonly handle: unknown;
  is_primary(): boolean;
  /** Pixels, upright. */
  get_width(): number;
  get_height(): number;
  has_alpha_channel(): boolean;
  free(): void;
}

/** @param wasmBinary the bytes of its WebAssembly, which is compiled before this returns */
export function start(wasmBinary: ArrayBuffer): Heif {
  return libheif({ wasmBinary });
}

/** RGBA, row-major; null where it cannot be decoded. */
export async function pixelsOf(heif: Heif, { handle }: HeifImage, width: number, height: number) {
  const { heif_colorspace_RGB } = heif.heif_colorspace;
  const { heif_chroma_interleaved_RGBA } = heif.heif_chroma;
  const { image, channels } = await heif.heif_js_decode_image2(
    handle,
    heif_colorspace_RGB,
    heif_chroma_interleaved_RGBA,
  );
  if (!channels) return null;
  const [channel] = channels;
  try {
    if (!channel || channel.data.length < channel.stride * (height - 1) + 4 * width) return null;
    const data = new Uint8ClampedArray(4 * width * height);
    for (let row = 0; row < height; row++) {
      const from = row * channel.stride;
      data.set(channel.data.subarray(from, from + 4 * width), row * 4 * width);
    }
    return data;
  } finally {
    heif.heif_image_release(image);
  }
}
