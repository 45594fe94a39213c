import type { IncomingFile } from "../../worker/protocol.ts";

/** Everything in a drop or paste, folders walked through. Must be called within the event, before any `await`. */
export function droppedFiles(transfer: DataTransfer): Promise<IncomingFile[]> {
  const found = [...transfer.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return Promise.all(
    found.map(({ entry, file }) => (entry ? walk(entry) : file ? [{ path: file.name, blob: file }] : [])),
  ).then((nested) => nested.flat());
}

async function walk(entry: FileSystemEntry): Promise<IncomingFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ""), blob: file }];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives a hundred or so at a time, and nothing at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) break;
    entries.push(...batch);
  }
  return (await Promise.all(entries.map(walk))).flat();
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
