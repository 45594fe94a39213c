/** A TIFF or a camera's raw file as a photo that browsers decode. */
import { FormatError } from "../../errors.ts";
import { foreignPhoto } from "../foreign-photos.ts";
import type { DecodeJpeg } from "./blocks.ts";
import { readDirectories, TAG } from "./directories.ts";
import { layoutOf } from "./layout.ts";
import { type Pixels, readPixels } from "./pixels.ts";
import { isRaw, rawPreview } from "./raw.ts";
import { COMPRESSION } from "./unpack.ts";

export type TiffContent =
  /** The largest one in the file, as it stands there. */
  | { readonly kind: "preview"; readonly jpeg: Uint8Array }
  /** The first page. */
  | { readonly kind: "pixels"; readonly pixels: Pixels };

/**
 * @param decodeJpeg for strips and tiles that are JPEGs
 * @throws FormatError when it is damaged, too large, or of a kind that is not read
 */
export async function readTiff(bytes: Uint8Array, decodeJpeg: DecodeJpeg): Promise<TiffContent> {
  // Canon's CR3 is no TIFF at all.
  if (String.fromCharCode(...bytes.subarray(4, 8)) === "ftyp") throw new FormatError({ code: "image/no-preview" });
  try {
    if (foreignPhoto(bytes) === "raw") return { kind: "preview", jpeg: rawPreview(bytes) };
    const directories = readDirectories(bytes);
    const [first] = directories;
    if (!first) throw new FormatError({ code: "image/damaged", type: "tiff" });
    // JPEG as TIFF had it before 1995: a whole one stands in the file.
    const isOldJpeg = first.number(TAG.compression, 0) === COMPRESSION.oldJpeg;
    if (isRaw(bytes, directories) || isOldJpeg) return { kind: "preview", jpeg: rawPreview(bytes) };
    return { kind: "pixels", pixels: await readPixels(bytes, layoutOf(first), decodeJpeg) };
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError({ code: "image/cut-short" });
    throw error;
  }
}
