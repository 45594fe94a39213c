/** Model files as they were dropped or fetched. */
import type { GivenFile } from "../formats/model-files.ts";
import { readZip } from "../formats/zip.ts";
import type { IncomingFile } from "./protocol.ts";

/** The files' bytes; a zip, or a `.keras`, which is one, stands for the files it holds. */
export async function modelFiles(files: readonly IncomingFile[]): Promise<GivenFile[]> {
  const nested = await Promise.all(
    files.map(async ({ path, blob }) =>
      isZip(await bytesOf(blob.slice(0, 4))) ? unzip(blob, path) : [{ path, bytes: await bytesOf(blob) }],
    ),
  );
  return nested.flat();
}

/** Whether bytes begin as a zip's local file header does. */
export function isZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 3, 4].every((byte, at) => bytes[at] === byte);
}

export async function unzip(blob: Blob, path: string): Promise<GivenFile[]> {
  const entries = await readZip(blob, path);
  return Promise.all(entries.map(async (entry) => ({ path: entry.path, bytes: await bytesOf(await entry.blob()) })));
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
