import type { IncomingFile } from "../../worker/protocol/index.ts";

export interface DroppedFiles {
  readonly files: readonly IncomingFile[];
  /** Paths of files and folders that the browser could not open: gone, locked, or links to nothing. */
  readonly unreadable: readonly string[];
}

/** Everything in a drop or paste, folders walked through. Must be called within the event, before any `await`. */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFiles> {
  const found = [...transfer.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const unreadable: string[] = [];
  const nested = await Promise.all(
    found.map(({ entry, file }) => (entry ? open(entry, unreadable) : file ? [{ path: file.name, blob: file }] : [])),
  );
  return { files: nested.flat(), unreadable };
}

async function open(entry: FileSystemEntry, unreadable: string[]): Promise<IncomingFile[]> {
  try {
    return await walk(entry, unreadable);
  } catch {
    unreadable.push(pathOf(entry));
    return [];
  }
}

async function walk(entry: FileSystemEntry, unreadable: string[]): Promise<IncomingFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path: pathOf(entry), blob: file }];
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
  return (await Promise.all(entries.map((inner) => open(inner, unreadable)))).flat();
}

function pathOf(entry: FileSystemEntry): string {
  return entry.fullPath.replace(/^\//, "");
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
