import {
  type ClassId,
  type Dataset,
  EMPTY_DATASET,
  type PhotoGroups,
  type PhotoId,
  type Sample,
  UNSORTED_NAME,
} from "../../dataset/dataset.ts";
import {
  addClass,
  addSamples,
  deleteClass,
  deleteSamples,
  ensureClass,
  moveSamples,
  renameClass,
} from "../../dataset/edit.ts";
import type { ImportedPhoto, ImportProgress, ImportResult, IncomingFile } from "../../worker/protocol.ts";
import { plural } from "../shared/format.ts";
import type { SliceContext } from "./store.ts";

export interface DataSlice {
  readonly dataset: Dataset;
  /** Near-duplicates, as far as they are known. */
  readonly groups: PhotoGroups;
  /** What Undo goes back to, the latest last. */
  readonly past: readonly { readonly label: string; readonly dataset: Dataset }[];
  /** Where loose photos go; null for “Unsorted”. */
  readonly chosenClass: ClassId | null;
  readonly importing: { readonly done: number; readonly total: number } | null;
  chooseClass(id: ClassId | null): void;
  addClass(): void;
  renameClass(id: ClassId, name: string): void;
  deleteClass(id: ClassId): void;
  movePhotos(photos: ReadonlySet<PhotoId>, to: ClassId): void;
  deletePhotos(photos: ReadonlySet<PhotoId>): void;
  undo(): void;
  importFiles(files: readonly IncomingFile[]): Promise<void>;
  addSamplePhotos(): Promise<void>;
  /** Adds a camera frame to a class; false when it was there already. */
  captureFrame(frame: ImageBitmap, classId: ClassId, fileName: string, burst: string): Promise<void>;
  /** Remembers the dataset as it is, so that Undo takes back what follows as one. */
  remember(label: string): void;
  cancelImport(): void;
}

const STEPS_BACK = 50;
const newId = () => crypto.randomUUID();

export function createDataSlice({ set, get, headstart }: SliceContext): DataSlice {
  let importJob: AbortController | null = null;

  const remember = (label: string) => {
    const { past, dataset } = get();
    set({ past: [...past.slice(1 - STEPS_BACK), { label, dataset }] });
  };
  const edit = (label: string, change: (dataset: Dataset) => Dataset) => {
    try {
      const changed = change(get().dataset);
      if (changed === get().dataset) return;
      remember(label);
      set({ dataset: changed });
    } catch (error) {
      get().notify("error", error instanceof Error ? error.message : String(error));
    }
  };
  const take = (photos: readonly ImportedPhoto[], into: ClassId | null): number => {
    let { dataset } = get();
    const samples: Sample[] = [];
    for (const { sample, className } of photos) {
      const target = dataset.classes.find(({ id }) => id === into);
      if (className === null && target) {
        samples.push({ ...sample, classId: target.id });
        continue;
      }
      const [next, { id }] = ensureClass(dataset, className ?? UNSORTED_NAME, newId);
      dataset = next;
      samples.push({ ...sample, classId: id });
    }
    const result = addSamples(dataset, samples);
    set({ dataset: result.dataset });
    return result.duplicates;
  };
  type Source = (onEvent: (progress: ImportProgress) => void, signal: AbortSignal) => Promise<ImportResult>;
  const runImport = async (source: Source) => {
    if (importJob) return get().notify("error", "Photos are being added already. Wait for them, or cancel first.");
    const job = new AbortController();
    importJob = job;
    const into = get().chosenClass;
    let duplicates = 0;
    remember("adding photos");
    set({ importing: { done: 0, total: 0 } });
    await get().attempt(async () => {
      const result = await source(({ photos, done, total }) => {
        if (job.signal.aborted) return;
        duplicates += take(photos, into);
        set({ importing: { done, total } });
      }, job.signal);
      await get().keepProject();
      tellResult(result, duplicates);
    });
    importJob = null;
    set({ importing: null });
  };
  const tellResult = ({ stored, skipped, ignored }: ImportResult, duplicates: number) => {
    const parts = [
      stored - duplicates ? `Added ${plural(stored - duplicates, "photo")}.` : "No new photos.",
      duplicates ? `${plural(duplicates, "photo")} already here.` : "",
      ignored ? `Left out ${plural(ignored, "file")} that are not photos.` : "",
    ].filter(Boolean);
    if (!skipped.length) return get().notify("news", parts.join(" "));
    const [first] = skipped;
    const named = skipped.length === 1 && first ? `${first.path} was skipped. ${first.reason}` : "";
    const text =
      named ||
      `${plural(skipped.length, "file")} skipped: ${skipped
        .slice(0, 3)
        .map(({ path }) => path)
        .join(", ")}${skipped.length > 3 ? " …" : "."}`;
    get().notify(
      "error",
      [...parts, text].join(" "),
      named ? [] : skipped.map(({ path, reason }) => `${path}: ${reason}`),
    );
  };

  return {
    dataset: EMPTY_DATASET,
    groups: [],
    past: [],
    chosenClass: null,
    importing: null,
    remember,
    chooseClass: (id) => set({ chosenClass: id }),
    addClass() {
      const id = newId();
      edit("adding a class", (dataset) => addClass(dataset, id));
      set({ chosenClass: id });
    },
    renameClass: (id, name) => edit("renaming a class", (dataset) => renameClass(dataset, id, name)),
    deleteClass(id) {
      edit("deleting a class", (dataset) => deleteClass(dataset, id));
      if (get().chosenClass === id) set({ chosenClass: null });
    },
    movePhotos: (photos, to) => edit("moving photos", (dataset) => moveSamples(dataset, photos, to)),
    deletePhotos: (photos) => edit("deleting photos", (dataset) => deleteSamples(dataset, photos)),
    undo() {
      const { past } = get();
      const last = past.at(-1);
      if (!last) return;
      set({ past: past.slice(0, -1), dataset: last.dataset });
      get().notify("news", `Took back ${last.label}.`);
    },
    importFiles: (files) => runImport((onEvent, signal) => headstart.importFiles(files, onEvent, signal)),
    addSamplePhotos: () => runImport((onEvent, signal) => headstart.drawSamples(onEvent, signal)),
    async captureFrame(frame, classId, fileName, burst) {
      const { sample } = await headstart.importFrame(frame, fileName, burst);
      if (!get().dataset.classes.some(({ id }) => id === classId)) return;
      const { dataset } = addSamples(get().dataset, [{ ...sample, classId }]);
      set({ dataset });
    },
    cancelImport() {
      importJob?.abort();
    },
  };
}
