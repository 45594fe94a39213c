/** What is done to one photo on its own, in a decoder. */
import type { PhotoId, PhotoLooks } from "../dataset/dataset.ts";
import { lightOf, looksOf } from "../dataset/looks.ts";
import { type SmallPicture, smallPicture } from "../dataset/picture-match.ts";
import { augmentPixels } from "../engine/augment.ts";
import { decodeOnce, decodePhoto, makeThumbnail, PhotoError, pixelsOf, THUMBNAIL_SIDE } from "../engine/decode.ts";
import { PartError } from "../errors/part.ts";
import { FormatError } from "../formats/errors.ts";
import { checkPhoto, checkPhotoSize } from "../formats/images/header.ts";
import type { Preprocessing } from "../network/model.ts";
import type { Database } from "../storage/database.ts";
import { getPhoto, getThumbnails, hashBytes, hasPhoto } from "../storage/photos.ts";
import { browserPhoto, type Conversion, type InTurn } from "./converting.ts";
import { faultIn, WorkerError } from "./errors.ts";
import type { PhotoWriter } from "./photo-writer.ts";
import type { WorkerFault } from "./protocol/faults.ts";

export interface KeptPhoto {
  readonly photo: PhotoId;
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
  readonly looks: PhotoLooks;
}

export interface KeptWithPixels {
  readonly kept: KeptPhoto;
  /** What its file was, where it had to be turned into a photo that browsers decode; null for one that is kept as it came. */
  readonly converted: Conversion | null;
  /** As `readViews` gives them of the photo itself; null where they were not asked for or would cost another decoding. */
  readonly pixels: Uint8ClampedArray | null;
}

/** A result, or what is wrong with the photo. Storage that is full or broken rejects instead. */
export type PhotoResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: WorkerFault };

/**
 * Checks one photo and keeps its bytes and thumbnail under its content hash.
 * @param pixelsFor the input that is to be made of the same decoding; null for none
 * @param inTurn runs what turns it into a photo that browsers decode, where that is needed
 */
export function keepPhoto(
  database: Database,
  writer: Pick<PhotoWriter, "put">,
  blob: Blob,
  pixelsFor: Preprocessing | null,
  inTurn: InTurn,
): Promise<PhotoResult<KeptWithPixels>> {
  return aboutThePhoto(async () => {
    checkPhotoSize(blob.size);
    const { bytes, from } = await browserPhoto(await bytesOf(blob), inTurn);
    const header = checkPhoto(new Uint8Array(bytes));
    const id = await hashBytes(bytes);
    const photo = new Blob([bytes], { type: `image/${header.type}` });
    const { thumbnail, pixels } =
      pixelsFor && 2 * Math.min(pixelsFor.width, pixelsFor.height) >= THUMBNAIL_SIDE
        ? await decodeOnce(photo, header, pixelsFor)
        : { thumbnail: await makeThumbnail(photo, header), pixels: null };
    if (!(await hasPhoto(database, id))) await writer.put({ id, photo, thumbnail: thumbnail.file });
    const looks = looksOf(thumbnail.pixels, thumbnail.width, thumbnail.height);
    const converted = from && ({ from, ending: header.type === "png" ? "png" : "jpg" } as const);
    return { kept: { photo: id, width: header.width, height: header.height, looks }, pixels, converted };
  });
}

/** A kept photo's pixels as a base model takes them, RGBA, for each of its views; decoded once for all. */
export function readViews(
  database: Database,
  photo: PhotoId,
  views: readonly number[],
  preprocessing: Preprocessing,
): Promise<PhotoResult<Uint8ClampedArray[]>> {
  return aboutThePhoto(async () => {
    const original = await getPhoto(database, photo);
    const header = checkPhoto(new Uint8Array(await original.arrayBuffer()));
    const pixels = await decodePhoto(original, header, preprocessing);
    return views.map((view) => augmentPixels(pixels, preprocessing, photo, view));
  });
}

/** A kept photo's small picture, from its thumbnail; null where it has none. */
export function readPicture(database: Database, photo: PhotoId): Promise<PhotoResult<SmallPicture | null>> {
  return aboutThePhoto(async () => {
    const [thumbnail] = await getThumbnails(database, [photo]);
    if (!thumbnail) return null;
    const { pixels, width, height } = await pixelsOf(thumbnail);
    return smallPicture(lightOf(pixels), width, height);
  });
}

/** A photo that is not kept, as a classifier takes it. */
export interface ReadPhoto {
  /** The id that it would be kept under. */
  readonly photo: PhotoId;
  /** Pixels, upright. */
  readonly size: { readonly width: number; readonly height: number };
  /** RGBA */
  readonly pixels: Uint8ClampedArray;
}

/** The pixels of a photo that is not kept. */
export function readFile(blob: Blob, preprocessing: Preprocessing, inTurn: InTurn): Promise<PhotoResult<ReadPhoto>> {
  return aboutThePhoto(async () => {
    checkPhotoSize(blob.size);
    const { bytes, from } = await browserPhoto(await bytesOf(blob), inTurn);
    const header = checkPhoto(new Uint8Array(bytes));
    const pixels = await decodePhoto(from ? new Blob([bytes]) : blob, header, preprocessing);
    const { width, height } = header;
    return { photo: await hashBytes(bytes), size: { width, height }, pixels };
  });
}

/** A file may be gone or locked by the time it is read. */
async function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch {
    throw new WorkerError({ code: "file/unreadable" });
  }
}

/** What reads rare kinds of photos may not be there; the others come in all the same. */
const ABOUT_THE_PHOTO = [FormatError, PhotoError, PartError, WorkerError];

async function aboutThePhoto<T>(work: () => Promise<T>): Promise<PhotoResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (ABOUT_THE_PHOTO.some((kind) => error instanceof kind)) return { ok: false, fault: faultIn(error) };
    throw error;
  }
}
