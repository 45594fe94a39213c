/** Model files as they were dropped or fetched. */

import { readZip } from "../formats/archives/zip.ts";
import { FormatError } from "../formats/errors.ts";
import type { GivenFile } from "../formats/models/model-files.ts";
import type { DownloadProgress, IncomingFile } from "./protocol/index.ts";

/** VGG16 with its top is half a gigabyte; no browser gives an array of more than two. */
export const MAX_MODEL_BYTES = 2e9;
const MAX_FILES = 2000;

/** What lies beside a model and is none; with a folder of photos by mistake, this is what makes the message clear. */
const NOT_A_MODEL =
  /(^|\/)(\.(?!\.?\/)[^/]*|__MACOSX)(\/|$)|\.(jpe?g|png|gif|webp|bmp|avif|heic|tiff?|svg|mp4|mov|pdf)$/i;

/**
 * The files' bytes; a zip, or a `.keras`, which is one, stands for the files it holds.
 * @throws FormatError when there is more than a model can be
 */
export async function modelFiles(
  files: readonly IncomingFile[],
  onProgress: (progress: DownloadProgress) => void = () => undefined,
): Promise<GivenFile[]> {
  const given: ReadableFile[][] = [];
  for (const { path, blob } of files) {
    const isArchive = isZip(await bytesOf(blob.slice(0, 4)));
    given.push(isArchive ? await readZip(blob, path) : [{ path, size: blob.size, blob: async () => blob }]);
  }
  const packed = files.reduce((sum, { blob }) => sum + blob.size, 0);
  return readAll(await withInnerZip(given.flat(), packed), packed, onProgress);
}

/** A model in a zip in a zip, or a `.keras` in one: where all that a zip holds beside notes is a zip, that stands for it. */
async function withInnerZip(files: readonly ReadableFile[], packed: number): Promise<readonly ReadableFile[]> {
  const wanted = files.filter(({ path }) => !NOT_A_MODEL.test(path));
  const archives = wanted.filter(({ path }) => ARCHIVE.test(path));
  const [inner] = archives;
  if (!inner || archives.length > 1 || wanted.some(({ path }) => MODEL_PART.test(path))) return files;
  checkSize(inner.size, packed);
  const blob = await inner.blob();
  if (!isZip(await bytesOf(blob.slice(0, 4)))) return files;
  return [...files.filter((file) => file !== inner), ...(await readZip(blob, inner.path))];
}

const ARCHIVE = /\.(zip|keras)$/i;
const MODEL_PART = /\.(bin|h5|hdf5|onnx|tflite)$|(^|\/)model[^/]*\.json$/i;

/** Whether bytes begin as a zip's local file header does. */
export function isZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 3, 4].every((byte, at) => bytes[at] === byte);
}

/** The files of a zip, read one after another. @throws FormatError when one cannot be, or there is more than a model can be */
export async function unzip(blob: Blob, path: string): Promise<GivenFile[]> {
  return readAll(await withInnerZip(await readZip(blob, path), blob.size), blob.size);
}

/** What zips may unpack to, in bytes: this much, and as many times their own size. Weights are packed to no less than half. */
const UNPACKED = { bytes: 100e6, times: 20 };

/** @param packed bytes that were given */
function checkSize(bytes: number, packed: number): void {
  if (bytes > MAX_MODEL_BYTES) throw new FormatError({ code: "model/too-many-bytes", bytes, most: MAX_MODEL_BYTES });
  const most = UNPACKED.bytes + UNPACKED.times * packed;
  if (bytes > most) throw new FormatError({ code: "model/unpacks-to-too-much", bytes, packed });
}

interface ReadableFile {
  readonly path: string;
  readonly size: number;
  blob(): Promise<Blob>;
}

async function readAll(
  files: readonly ReadableFile[],
  packed: number,
  onProgress: (progress: DownloadProgress) => void = () => undefined,
): Promise<GivenFile[]> {
  const wanted = files.filter(({ path }) => !NOT_A_MODEL.test(path));
  const bytes = wanted.reduce((sum, { size }) => sum + size, 0);
  checkSize(bytes, packed);
  if (wanted.length > MAX_FILES) {
    throw new FormatError({ code: "model/too-many-files", files: wanted.length, most: MAX_FILES });
  }
  const read: GivenFile[] = [];
  let done = 0;
  for (const file of wanted) {
    onProgress({ bytes: done, totalBytes: bytes });
    read.push({ path: file.path, bytes: await bytesOf(await file.blob()) });
    done += file.size;
  }
  onProgress({ bytes: done, totalBytes: bytes });
  return read;
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
