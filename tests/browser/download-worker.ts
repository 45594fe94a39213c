/** Writes a zip of equal files as a worker of the app would, and reads it back. */
import { readZip } from "../../src/formats/archives/zip.ts";
import { streamZip } from "../../src/formats/archives/zip-stream.ts";
import { downloadLock, removeDownloads, writeDownload } from "../../src/storage/downloads.ts";

export interface Task {
  readonly files: number;
  readonly bytesEach: number;
  /** After how many files it is given up; null for never. */
  readonly abortAfter: number | null;
  /** As in a browser without a private folder. */
  readonly withoutFolder: boolean;
}

export interface Answer {
  readonly error: string | null;
  readonly size: number;
  readonly sizes: readonly number[];
  /** The last file's first byte. */
  readonly last: number | undefined;
  /** In the private folder: after writing; after a clean-up while the file is held, and after one when nobody holds it. */
  readonly left: readonly [number, number, number];
}

self.onmessage = async ({ data }: MessageEvent<Task>) => {
  postMessage(await answer(data));
};

async function answer({ files, bytesEach, abortAfter, withoutFolder }: Task): Promise<Answer> {
  if (withoutFolder) {
    navigator.storage.getDirectory = async () => {
      throw new DOMException("", "SecurityError");
    };
  }
  const job = new AbortController();
  async function* contents() {
    for (let at = 0; at < files; at++) {
      if (at === abortAfter) job.abort();
      yield { path: `${at}.bin`, bytes: new Uint8Array(bytesEach).fill(at) };
    }
  }
  try {
    const blob = await writeDownload(streamZip(contents()), job.signal);
    const entries = await readZip(blob, "large.zip");
    const last = await entries.at(-1)?.blob();
    const [first] = new Uint8Array((await last?.slice(0, 1).arrayBuffer()) ?? new ArrayBuffer());
    const left = await count(withoutFolder);
    return { error: null, size: blob.size, sizes: entries.map(({ size }) => size), last: first, left };
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    return { error: name, size: 0, sizes: [], last: undefined, left: await count(withoutFolder) };
  }
}

async function count(withoutFolder: boolean): Promise<[number, number, number]> {
  if (withoutFolder) return [0, 0, 0];
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("downloads");
  const files = async () => {
    let found = 0;
    for await (const _ of folder.keys()) found += 1;
    return found;
  };
  const now = await files();
  await removeDownloads();
  const held = await files();
  // As when whoever wrote it is gone.
  for await (const name of folder.keys()) {
    await navigator.locks.request(downloadLock(name), { steal: true }, async () => undefined);
  }
  await removeDownloads();
  return [now, held, await files()];
}
