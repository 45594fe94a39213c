import type { FileProgress, IncomingFile, SavedFile, SkippedFile } from "../../worker/protocol/index.ts";
import { plural } from "../shared/format.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import { projectOf, refuseWhileBusy } from "./project.ts";
import { saveFile } from "./save-file.ts";
import type { SliceContext } from "./store.ts";

/** A project file or a photo set being written or read. */
export interface FileJob extends FileProgress {
  readonly label: string;
}

export interface FilesSlice {
  readonly fileJob: FileJob | null;
  downloadProject(): Promise<void>;
  downloadPhotos(): Promise<void>;
  /** Opens a project file as a new project, adds another tool's photos, and hands everything else on. */
  take(files: readonly IncomingFile[], others: (files: readonly IncomingFile[]) => Promise<void>): Promise<void>;
  cancelFileJob(): void;
}

type Work = (onEvent: (progress: FileProgress) => void, signal: AbortSignal) => Promise<void>;

export function createFilesSlice({ set, get, headstart }: SliceContext): FilesSlice {
  let running: AbortController | null = null;

  const runJob = async (label: string, work: Work): Promise<void> => {
    if (running)
      return get().notify("error", "Another file is being saved or opened. Wait for it, or cancel it first.");
    const job = new AbortController();
    running = job;
    set({ fileJob: { label, done: 0, total: 0 } });
    await get().attempt(() =>
      work((progress) => {
        if (!job.signal.aborted) set({ fileJob: { label, ...progress } });
      }, job.signal),
    );
    running = null;
    set({ fileJob: null });
  };
  const hand = ({ blob, fileName, leftOut }: SavedFile) => {
    saveFile(blob, fileName);
    if (leftOut.length === 0) return get().notify("news", `${fileName} is in your downloads.`);
    const text = `${fileName} is in your downloads, without ${plural(leftOut.length, "photo")} that could not be read.`;
    get().notify("error", text, leftOut.map(line));
  };
  const openProjectFile = (file: IncomingFile) =>
    runJob("Opening the project", async (onEvent, signal) => {
      refuseWhileBusy(get());
      const { project, skipped } = await headstart.openProjectFile(file, onEvent, signal);
      set({ fileJob: null });
      await get().openProject(project.id);
      await get().loadBaseModels();
      if (skipped.length === 0) return get().notify("news", `Opened “${project.name}”.`);
      const text = `Opened “${project.name}”, without ${plural(skipped.length, "file")} that could not be read: ${named(skipped)}`;
      get().notify("error", text, skipped.map(line));
    });

  return {
    fileJob: null,
    downloadProject: () =>
      runJob("Saving the project", async (onEvent, signal) => {
        hand(await headstart.saveProjectFile(projectOf(get()), onEvent, signal));
      }),
    downloadPhotos: () =>
      runJob("Saving the photos", async (onEvent, signal) => {
        hand(await headstart.savePhotoSet(projectOf(get()), onEvent, signal));
      }),
    async take(files, others) {
      const [file] = files;
      const kind = file && files.length === 1 ? await headstart.recogniseFile(file) : "other";
      if (file && kind === "project") return openProjectFile(file);
      await (kind === "photos" ? get().importFiles : others)(files);
    },
    cancelFileJob() {
      running?.abort();
    },
  };
}

function line({ path, fault }: SkippedFile): string {
  return `${path}: ${sentence(words.faults, fault)}`;
}

/** The first few by name. */
function named(skipped: readonly SkippedFile[]): string {
  const names = skipped.slice(0, 3).map(({ path }) => path);
  return `${names.join(", ")}${skipped.length > names.length ? " …" : "."}`;
}
