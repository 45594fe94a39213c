import { downloadLock } from "../../worker/protocol/downloads.ts";

/** How long the browser may take to copy a file to the downloads: a minute, and one second for each so many bytes. */
const COPYING = { leastMs: 60_000, bytesPerSecond: 20e6 };

/**
 * Puts a file among the browser's downloads.
 * @param removeDownloads removes the file on disk that it was put together in, where it was in one, once it is copied
 */
export function saveFile(blob: Blob, fileName: string, removeDownloads?: () => Promise<void>): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  const done = () => URL.revokeObjectURL(link.href);
  const copyingMs = COPYING.leastMs + (1000 * blob.size) / COPYING.bytesPerSecond;
  if (!(blob instanceof File && removeDownloads)) {
    setTimeout(done, copyingMs);
    return;
  }
  const copied = () => new Promise<void>((resolve) => setTimeout(resolve, copyingMs));
  // A file on disk bears the name that it has there.
  const copying = navigator.locks.request(downloadLock(blob.name), { mode: "shared" }, copied);
  void copying.then(done).then(removeDownloads);
}
