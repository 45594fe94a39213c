import { createAdder } from "../../dataset/adding.ts";
import {
  type ClassId,
  type Dataset,
  EMPTY_DATASET,
  type PhotoGroups,
  type PhotoId,
  type Split,
} from "../../dataset/dataset.ts";
import {
  addClass,
  addSamples,
  colourClass,
  deleteClass,
  deleteSamples,
  excludeSamples,
  fixSplit,
  mergeClasses,
  moveSamples,
  renameClass,
  reorderClass,
} from "../../dataset/edit.ts";
import type {
  ImportedPhoto,
  ImportProgress,
  ImportResult,
  IncomingFile,
  SkippedFile,
} from "../../worker/protocol/index.ts";
import { count, plural } from "../shared/format.ts";
import { sentence } from "../words/faults.ts";
import { sentenceOf, words } from "../words/words.ts";
import type { SliceContext } from "./store.ts";

/** A change by what it did, and the dataset on its other side. */
interface Step {
  readonly label: string;
  readonly dataset: Dataset;
}

export interface DataSlice {
  readonly dataset: Dataset;
  /** Near-duplicates, as far as they are known. */
  readonly groups: PhotoGroups;
  /** What Undo goes back to, the latest last. */
  readonly past: readonly Step[];
  /** What Redo goes forward to, the next last. */
  readonly future: readonly Step[];
  /** Where loose photos go; null for “Unsorted”. */
  readonly chosenClass: ClassId | null;
  readonly importing: { readonly done: number; readonly total: number } | null;
  chooseClass(id: ClassId | null): void;
  addClass(): void;
  renameClass(id: ClassId, name: string): void;
  deleteClass(id: ClassId): void;
  /** Moves all photos of a class to another and deletes it. */
  mergeClass(id: ClassId, into: ClassId): void;
  /** @param place in the list, 0 being the first */
  moveClass(id: ClassId, place: number): void;
  /** @param colour place in the palette */
  colourClass(id: ClassId, colour: number): void;
  movePhotos(photos: ReadonlySet<PhotoId>, to: ClassId): void;
  deletePhotos(photos: ReadonlySet<PhotoId>): void;
  /** Takes photos out of training and testing, or back in. */
  excludePhotos(photos: ReadonlySet<PhotoId>, excluded: boolean): void;
  /** null leaves it to the seed. */
  fixSplit(photos: ReadonlySet<PhotoId>, split: Split | null): void;
  /** Nothing while photos are being added: what comes in is no part of the step before. */
  undo(): void;
  redo(): void;
  importFiles(files: readonly IncomingFile[]): Promise<void>;
  addSamplePhotos(): Promise<void>;
  /** Adds a camera frame to a class; false when it was there already. */
  captureFrame(frame: ImageBitmap, classId: ClassId, fileName: string, burst: string): Promise<void>;
  /** Remembers the dataset as it is, so that Undo takes back what follows as one. */
  remember(label: string): void;
  cancelImport(): void;
  /** Changes the dataset in one step of Undo; what cannot be done is told. @param label what Undo says it takes back */
  edit(label: string, change: (dataset: Dataset) => Dataset): void;
}

/** Nothing to take back or to repeat. */
export const NO_HISTORY: Pick<DataSlice, "past" | "future"> = { past: [], future: [] };

const STEPS_BACK = 50;
/** Reasons listed in one message; a page of many thousands helps nobody. */
const MOST_REASONS = 200;
const newId = () => crypto.randomUUID();

export function createDataSlice({ set, get, headstart }: SliceContext): DataSlice {
  let importJob: AbortController | null = null;

  const remember = (label: string) => {
    const { past, dataset } = get();
    set({ past: [...past.slice(1 - STEPS_BACK), { label, dataset }], future: [] });
  };
  const edit = (label: string, change: (dataset: Dataset) => Dataset) => {
    try {
      const changed = change(get().dataset);
      if (changed === get().dataset) return;
      remember(label);
      set({ dataset: changed });
    } catch (error) {
      get().notify("error", sentenceOf(error));
    }
  };
  /** Goes one step along; what is left behind becomes the way back. */
  const step = (from: "past" | "future", to: "past" | "future", did: string) => {
    const steps = get();
    const next = steps[from].at(-1);
    if (!next || steps.importing) return;
    const back: Step = { label: next.label, dataset: steps.dataset };
    set({ dataset: next.dataset, [from]: steps[from].slice(0, -1), [to]: [...steps[to], back] });
    steps.notify("news", `${did} ${next.label}.`);
  };
  type Source = (onEvent: (progress: ImportProgress) => void, signal: AbortSignal) => Promise<ImportResult>;
  const runImport = async (source: Source) => {
    if (importJob) return get().notify("error", "Photos are being added already. Wait for them, or cancel first.");
    const job = new AbortController();
    importJob = job;
    let duplicates = 0;
    remember("adding photos");
    const before = get().past;
    const add = createAdder(newId, get().chosenClass);
    const take = (photos: readonly ImportedPhoto[]) => {
      const added = add(get().dataset, photos);
      // Undoing an edit that was made meanwhile must not take away what came in after it.
      const past = get().past.map((each) =>
        before.includes(each) ? each : { ...each, dataset: add(each.dataset, photos).dataset },
      );
      set({ dataset: added.dataset, past });
      return added.duplicates;
    };
    set({ importing: { done: 0, total: 0 } });
    await get().attempt(async () => {
      const result = await source(({ photos, done, total }) => {
        if (job.signal.aborted) return;
        duplicates += take(photos);
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
      ignored ? `Skipped ${plural(ignored, "file")} that ${ignored === 1 ? "is not a photo" : "are not photos"}.` : "",
    ].filter(Boolean);
    if (!skipped.length) return get().notify("news", parts.join(" "));
    const [first] = skipped;
    const named =
      skipped.length === 1 && first ? `${first.path} was skipped. ${sentence(words.faults, first.fault)}` : "";
    const text =
      named ||
      `${plural(skipped.length, "file")} skipped: ${skipped
        .slice(0, 3)
        .map(({ path }) => path)
        .join(", ")}${skipped.length > 3 ? " …" : "."}`;
    get().notify("error", [...parts, text].join(" "), named ? [] : reasonsOf(skipped));
  };

  return {
    dataset: EMPTY_DATASET,
    groups: [],
    ...NO_HISTORY,
    chosenClass: null,
    importing: null,
    remember,
    edit,
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
    mergeClass(id, into) {
      edit("merging classes", (dataset) => mergeClasses(dataset, id, into));
      if (get().chosenClass === id) set({ chosenClass: into });
    },
    moveClass: (id, place) => edit("moving a class", (dataset) => reorderClass(dataset, id, place)),
    colourClass: (id, colour) => edit("colouring a class", (dataset) => colourClass(dataset, id, colour)),
    movePhotos: (photos, to) => edit("moving photos", (dataset) => moveSamples(dataset, photos, to)),
    deletePhotos: (photos) => edit("deleting photos", (dataset) => deleteSamples(dataset, photos)),
    excludePhotos: (photos, excluded) =>
      edit(excluded ? "excluding photos" : "including photos", (dataset) => excludeSamples(dataset, photos, excluded)),
    fixSplit: (photos, split) => edit("changing splits", (dataset) => fixSplit(dataset, photos, split)),
    undo: () => step("past", "future", "Took back"),
    redo: () => step("future", "past", "Repeated"),
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

/** One line per file, the same line once. */
function reasonsOf(skipped: readonly SkippedFile[]): string[] {
  const lines = [...new Set(skipped.map(({ path, fault }) => `${path}: ${sentence(words.faults, fault)}`))];
  const more = lines.length - MOST_REASONS;
  return more > 0 ? [...lines.slice(0, MOST_REASONS), `And ${count(more)} more.`] : lines;
}
