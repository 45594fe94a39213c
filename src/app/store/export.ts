import type { ExportFormat } from "../../network/exports.ts";
import type { IncomingFile, SavedClassifier } from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import { saveFile } from "./save-file.ts";
import type { SliceContext } from "./store.ts";

export interface ExportSlice {
  readonly saved: readonly SavedClassifier[];
  readonly exporting: boolean;
  downloadClassifier(format: ExportFormat): Promise<void>;
  saveModel(name: string): Promise<void>;
  loadSaved(): Promise<void>;
  openSaved(id: string): Promise<void>;
  deleteSaved(id: string): Promise<void>;
  /** Opens model files. */
  openFiles(files: readonly IncomingFile[]): Promise<void>;
}

export function createExportSlice({ set, get, headstart }: SliceContext): ExportSlice {
  return {
    saved: [],
    exporting: false,
    async downloadClassifier(format) {
      set({ exporting: true });
      await get().attempt(async () => {
        const { fileName, blob } = await headstart.exportClassifier(format);
        saveFile(blob, fileName);
        get().notify("news", words.exports.downloaded(fileName));
      });
      set({ exporting: false });
    },
    async saveModel(name) {
      await get().attempt(async () => {
        const { summary } = await headstart.saveClassifier(name);
        await get().loadSaved();
        get().notify("news", words.exports.saved(summary.name));
      });
    },
    async loadSaved() {
      await get().attempt(async () => set({ saved: await headstart.listClassifiers() }));
    },
    async openSaved(id) {
      await get().attempt(async () => {
        const classifier = await headstart.openClassifier(id);
        set({ classifier, lastRun: null, course: [], predictions: [] });
        get().notify("news", words.exports.openedClassifier(classifier.name));
      });
    },
    async deleteSaved(id) {
      await get().attempt(async () => {
        await headstart.deleteClassifier(id);
        await get().loadSaved();
      });
    },
    async openFiles(files) {
      await get().attempt(async () => {
        const opened = await headstart.openFiles(files);
        if (opened.kind === "classifier") {
          set({ classifier: opened.summary, lastRun: null, course: [], predictions: [] });
          return get().notify("news", words.exports.openedClassifier(opened.summary.name));
        }
        await get().loadBaseModels();
        get().chooseBaseModel(opened.entry.id);
        await get().keepProject();
        get().notify("news", words.exports.openedBaseModel(opened.entry.name));
      });
    },
  };
}
