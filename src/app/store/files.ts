import type { FileProgress, IncomingFile, PhotoSetLayout, SavedFile } from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import type { Spot } from "./beside.ts";
import type { JobControl } from "./jobs.ts";
import { whileTakingIn } from "./locks.ts";
import { projectOf } from "./project.ts";
import { saveFile } from "./save-file.ts";
import type { SliceContext } from "./store.ts";

export interface FilesSlice {
  downloadProject(): Promise<void>;
  downloadPhotos(layout: PhotoSetLayout): Promise<void>;
  /** Opens a project file as a new project, adds another tool's photos, and hands everything else on. */
  take(files: readonly IncomingFile[], others: (files: readonly IncomingFile[]) => Promise<void>): Promise<void>;
}

export function createFilesSlice({ get, headstart }: SliceContext): FilesSlice {
  const attempt = (work: () => Promise<unknown>) => get().attempt(work, undefined, "open-file");
  const save = (
    subject: string,
    spot: Spot,
    write: (onEvent: (progress: FileProgress) => void, signal: AbortSignal) => Promise<SavedFile>,
  ) =>
    get().attempt(
      () =>
        get().runJob({ kind: "save", place: "Export", subject }, async (control) => {
          const { blob, fileName, leftOut } = await write(teller(control), control.signal);
          saveFile(blob, fileName, headstart.removeDownloads);
          if (leftOut.length === 0) return get().tellBeside(spot, "news", words.exports.downloaded(fileName));
          get().tellBeside(
            spot,
            "error",
            words.store.downloadedWithout({ fileName, photos: leftOut.length }),
            leftOut.map(words.store.fileAndReason),
          );
        }),
      undefined,
      spot,
    );
  const openProjectFile = (file: IncomingFile) =>
    attempt(async () => {
      const { project, skipped } = await get().runJob(
        { kind: "open", place: "Export", subject: file.path },
        (control) =>
          whileTakingIn(
            () => headstart.openProjectFile(file, teller(control), control.signal),
            async () => undefined,
          ),
      );
      await get().openProject(project.id);
      await get().loadBaseModels();
      if (skipped.length === 0) return get().notify("news", words.store.projectOpened(project.name));
      get().notify(
        "error",
        words.store.projectOpenedWithout({ name: project.name, files: skipped.map(({ path }) => path) }),
        skipped.map(words.store.fileAndReason),
      );
    });

  return {
    async downloadProject() {
      await save(words.store.theProject, "download", (onEvent, signal) =>
        headstart.saveProjectFile(projectOf(get()), onEvent, signal),
      );
    },
    async downloadPhotos(layout) {
      await save(words.store.thePhotos, "download-photos", (onEvent, signal) =>
        headstart.savePhotoSet(projectOf(get()), layout, onEvent, signal),
      );
    },
    async take(files, others) {
      await attempt(async () => {
        const [file] = files;
        const kind = file && files.length === 1 ? await headstart.recogniseFile(file) : "other";
        if (file && kind === "project") await openProjectFile(file);
        else await (kind === "photos" ? get().importFiles : others)(files);
      });
    },
  };
}

function teller({ tell }: JobControl): (progress: FileProgress) => void {
  return ({ done, total }) => tell({ progress: { done, total: total || null, unit: "photos", secondsLeft: null } });
}
