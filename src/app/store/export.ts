import type { ExportFormat } from "../../network/exports.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import type { IncomingFile, SavedClassifier } from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import { readModel } from "./base-models.ts";
import type { Spot } from "./beside.ts";
import { samplePhotos } from "./sample-photos.ts";
import { saveFile } from "./save-file.ts";
import { classNamesInUse } from "./selectors.ts";
import type { SliceContext } from "./store.ts";

/** What of a format is wanted. */
export interface ExportChoice {
  /** Whether the model's file is enough. */
  readonly alone: boolean;
  /** Whether photos of the project may lie in it as samples. */
  readonly ownPhotos: boolean;
}

export interface ExportSlice {
  readonly saved: readonly SavedClassifier[];
  downloadClassifier(format: ExportFormat, how: ExportChoice): Promise<void>;
  saveModel(name: string): Promise<void>;
  loadSaved(): Promise<void>;
  openSaved(id: string): Promise<void>;
  /** With a message that offers to take it back. */
  deleteSaved(id: string): Promise<void>;
  /** Opens model files. */
  openFiles(files: readonly IncomingFile[]): Promise<void>;
}

export function createExportSlice({ set, get, headstart }: SliceContext): ExportSlice {
  const opened = (classifier: ClassifierSummary, spot: Spot) => {
    set({ classifier, predictions: [], batch: null, shownRunId: null });
    get().tellBeside(spot, "news", words.exports.openedClassifier(classifier.name));
  };
  const attempt = (spot: Spot, work: () => Promise<unknown>) => get().attempt(work, undefined, spot);
  const restore = (id: string) =>
    void get().attempt(async () => {
      await headstart.restoreClassifier(id);
      await get().loadSaved();
    });
  return {
    saved: [],
    async downloadClassifier(format, { alone, ownPhotos }) {
      await attempt("download", () =>
        get().runJob({ kind: "export", place: "Export" }, async () => {
          const photos = ownPhotos ? samplePhotos(get()) : [];
          const request = { format, classNames: classNamesInUse(get()), alone, photos };
          const { fileName, blob, difference } = await headstart.exportClassifier(request);
          saveFile(blob, fileName);
          const said = difference === null ? words.exports.downloaded(fileName) : words.exports.checked(fileName);
          get().tellBeside("download", "news", said);
        }),
      );
    },
    async saveModel(name) {
      await attempt("save-model", async () => {
        const { summary } = await headstart.saveClassifier(name, classNamesInUse(get()));
        await get().loadSaved();
        get().tellBeside("save-model", "news", words.exports.saved(summary.name));
      });
    },
    async loadSaved() {
      await get().attempt(async () => set({ saved: await headstart.listClassifiers() }), get().loadSaved);
    },
    async openSaved(id) {
      await attempt("saved-models", async () => opened(await headstart.openClassifier(id), "saved-models"));
    },
    async deleteSaved(id) {
      await attempt("saved-models", async () => {
        const name = get().saved.find((each) => each.id === id)?.summary.name ?? "";
        await headstart.deleteClassifier(id);
        await get().loadSaved();
        // Saved models belong to no project.
        get().notify("news", words.store.deleted(name), [], { label: words.store.bringBack, run: () => restore(id) });
      });
    },
    async openFiles(files) {
      await attempt("open-file", async () => {
        const found = await readModel(get(), "Export", files, (tell, signal) =>
          headstart.openFiles(files, tell, signal),
        );
        if (found.kind === "classifier") return opened(found.summary, "open-file");
        await get().loadBaseModels();
        get().chooseBaseModel(found.entry.id);
        await get().keepProject();
        get().tellBeside("open-file", "news", words.exports.openedBaseModel(found.entry.name));
      });
    },
  };
}
