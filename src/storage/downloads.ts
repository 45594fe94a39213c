/**
 * Files on their way to the downloads: put together on disk, in the browser's private folder for this page (OPFS), since
 * they may be larger than memory.
 */
import { StorageError } from "./errors.ts";

/** Workers have it; TypeScript's types of a page do not. */
interface SyncAccessHandle {
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}
type FileHandle = FileSystemFileHandle & { createSyncAccessHandle?(): Promise<SyncAccessHandle> };

const FOLDER = "downloads";
/** For the file's way to the page, which then holds its lock as well. */
const HANDING_OVER_MS = 60_000;
/** Where there is no such folder, bytes are handed to the browser in pieces of about this many. */
const PIECE_BYTES = 16 * 2 ** 20;

/**
 * Writes a stream into a file and gives that; it stays until `removeDownloads` finds that nobody holds it. Memory does not
 * grow with it.
 * @throws StorageError when the disk is full; what `signal` aborts with
 */
export async function writeDownload(stream: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<Blob> {
  const folder = await openFolder();
  if (!folder) return collect(stream, signal);
  const name = crypto.randomUUID();
  const release = await holdDownload(name);
  const handle: FileHandle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle?.();
  if (!access) return collect(stream, signal);
  try {
    const bytes = await fill(access, stream, signal);
    const file = await handle.getFile();
    // A private window may take less than it says.
    if (file.size !== bytes) throw full();
    setTimeout(release, HANDING_OVER_MS);
    return file;
  } catch (error) {
    release();
    await folder.removeEntry(name);
    throw error instanceof DOMException && error.name === "QuotaExceededError" ? full() : error;
  }
}

/** Writes the stream and lets go of the file. Gives how many bytes there were. */
async function fill(
  access: SyncAccessHandle,
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<number> {
  let at = 0;
  try {
    await forEachChunk(stream, signal, (chunk) => {
      access.write(chunk, { at });
      at += chunk.length;
    });
    access.flush();
  } finally {
    access.close();
  }
  return at;
}

/** Whoever holds a file's lock, by the file's name, still needs it; whoever is gone holds none. */
export function downloadLock(name: string): string {
  return `headstart-download-${name}`;
}

/** Gives what lets go of it. */
function holdDownload(name: string): Promise<() => void> {
  return new Promise((resolve) => {
    const held = () => new Promise<void>((release) => resolve(release));
    // Who steals it has the file.
    navigator.locks.request(downloadLock(name), { mode: "shared" }, held).catch(() => undefined);
  });
}

/** Removes all files that nobody holds: those that were handed over, and what a crash left behind. */
export async function removeDownloads(): Promise<void> {
  const folder = await openFolder();
  if (!folder) return;
  for await (const name of folder.keys()) {
    await navigator.locks.request(downloadLock(name), { ifAvailable: true }, async (lock) => {
      // A file that is being written cannot be removed, and must not.
      if (lock) await folder.removeEntry(name).catch(() => undefined);
    });
  }
}

/** null where the browser has none, as in some private windows. */
async function openFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(FOLDER, { create: true });
  } catch {
    return null;
  }
}

/** A blob of blobs: the browser keeps each where it sees fit, on disk when there are many. */
async function collect(stream: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<Blob> {
  const pieces: Blob[] = [];
  let piece: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  await forEachChunk(stream, signal, (chunk) => {
    piece.push(chunk as Uint8Array<ArrayBuffer>);
    bytes += chunk.length;
    if (bytes < PIECE_BYTES) return;
    pieces.push(new Blob(piece));
    piece = [];
    bytes = 0;
  });
  return new Blob([...pieces, ...piece]);
}

async function forEachChunk(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      signal.throwIfAborted();
      take(part.value);
    }
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

function full(): StorageError {
  return new StorageError({ code: "storage/no-room-for-file" });
}
