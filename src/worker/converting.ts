/** Photos that browsers do not decode are turned into ones that they do where they come in: nothing behind knows of them. */
import { pixelsOf } from "../engine/decode.ts";
import { encodePixels } from "../engine/encode.ts";
import { loadPart } from "../errors/part.ts";
import { foreignPhoto } from "../formats/images/foreign-photos.ts";
import { imageType } from "../formats/images/header.ts";
import { convertHeic } from "./heic.ts";

/** Runs what takes long and much memory; one photo at a time. */
export type InTurn = <T>(task: () => Promise<T>) => Promise<T>;

/** What a file was before it became a photo that browsers decode. */
export type Converted = "tiff" | "raw" | "heic";

export interface Conversion {
  readonly from: Converted;
  /** What its name ends in now. */
  readonly ending: "jpg" | "png";
}

export interface BrowserPhoto {
  readonly bytes: ArrayBuffer;
  /** null for a photo as it came. */
  readonly from: Converted | null;
}

/**
 * A file's bytes as they are, or those of the photo that it is turned into: a JPEG or, where it can be seen through, a PNG,
 * upright. Raw files give the JPEG that they hold.
 *
 * @throws FormatError when it is damaged, too large or of a kind that is not read
 * @throws PartError when what reads it cannot be loaded
 */
export async function browserPhoto(bytes: ArrayBuffer, inTurn: InTurn): Promise<BrowserPhoto> {
  const file = new Uint8Array(bytes);
  const kind = imageType(file) === null ? foreignPhoto(file) : null;
  if (kind === null) return { bytes, from: null };
  return inTurn(async () => {
    if (kind !== "heic") return convertTiff(file);
    return { bytes: await (await convertHeic(file)).arrayBuffer(), from: kind };
  });
}

async function convertTiff(file: Uint8Array): Promise<BrowserPhoto> {
  const { readTiff } = await loadPart("tiff", () => import("../formats/images/tiff/read.ts"));
  const content = await readTiff(file, async (jpeg) => {
    const { width, pixels } = await pixelsOf(new Blob([jpeg as Uint8Array<ArrayBuffer>]));
    return { width, data: pixels };
  });
  if (content.kind === "preview") return { bytes: content.jpeg.slice().buffer, from: "raw" };
  const photo = await encodePixels(content.pixels);
  return { bytes: await photo.arrayBuffer(), from: "tiff" };
}
