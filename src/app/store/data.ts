import {
  type ClassId,
  type Dataset,
  EMPTY_DATASET,
  type PhotoGroups,
  type PhotoId,
  type Split,
  UNSORTED,
} from "../../dataset/dataset.ts";
import {
  addNumberedClass,
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
import { classPutBack, putBack } from "../../dataset/put-back.ts";
import { sentenceOf, words } from "../words/words.ts";
import type { Spot } from "./beside.ts";
import type { Change } from "./change.ts";
import { verdictOn } from "./job-rules.ts";
import { type Job, tasksOf } from "./jobs.ts";
import type { SliceContext } from "./store.ts";

/** A change, and the dataset on its other side. */
interface Step {
  readonly change: Change;
  readonly dataset: Dataset;
}

export interface DataSlice {
  readonly dataset: Dataset;
  /** Near-duplicates, as far as they are known. */
  readonly groups: PhotoGroups;
  /** Names what the groups were found among; null when that is not known. */
  readonly comparedAs: string | null;
  /** What Undo goes back to, the latest last. */
  readonly past: readonly Step[];
  /** What Redo goes forward to, the next last. */
  readonly future: readonly Step[];
  /** Where loose photos go; null for “Unsorted”. */
  readonly chosenClass: ClassId | null;
  /** The class that the camera takes photos into; null while its dialog is closed. */
  readonly capturing: ClassId | null;
  /** Opens the camera's dialog for a class; null closes it. */
  capture(id: ClassId | null): void;
  /** Makes a class and opens the camera's dialog for it. */
  captureFirst(): void;
  /** null when nothing asks for the focus. */
  readonly attention: Attention | null;
  /** The focus has gone there, or what asked for it is not shown. */
  attended(): void;
  chooseClass(id: ClassId | null): void;
  addClass(): void;
  renameClass(id: ClassId, name: string): void;
  /** With a message that offers to take it back, as with photos and merged classes. */
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
  /** Remembers the dataset as it is, so that one Undo takes back all that follows. @param change what follows */
  remember(change: Change): void;
  /** Changes the dataset in one step of Undo; what cannot be done is told. @param spot the control beside which it is told */
  edit(change: Change, apply: (dataset: Dataset) => Dataset, spot?: Spot): void;
}

/** Where the focus goes after a change of the classes: a class, the box with its name, or the button that adds one. */
export type Attention =
  | { readonly to: "class" | "name"; readonly classId: ClassId }
  | { readonly to: "add-class"; readonly classId: null };

/** Nothing to take back or to repeat. */
export const NO_HISTORY: Pick<DataSlice, "past" | "future"> = { past: [], future: [] };

const STEPS_BACK = 50;
const newId = () => crypto.randomUUID();

export function createDataSlice({ set, get }: SliceContext): DataSlice {
  const remember = (change: Change) => {
    const { past, dataset } = get();
    set({ past: [...past.slice(1 - STEPS_BACK), { change, dataset }], future: [] });
  };
  const edit = (change: Change, apply: (dataset: Dataset) => Dataset, spot?: Spot) => {
    if (spot) get().clearBeside(spot);
    try {
      const changed = apply(get().dataset);
      if (changed === get().dataset) return;
      remember(change);
      set({ dataset: changed });
    } catch (error) {
      if (spot) get().tellBeside(spot, "error", sentenceOf(error));
      else get().notify("error", sentenceOf(error));
    }
  };
  /** An edit that takes something out, with a message that offers to put it back. @returns whether it changed anything */
  const remove = (change: Change, apply: (dataset: Dataset) => Dataset, told: string): boolean => {
    const before = get().dataset;
    edit(change, apply);
    const deletion = { before, after: get().dataset };
    if (deletion.after === before) return false;
    get().offerBack(told, () => {
      edit({ did: "bring-back" }, (dataset) => putBack(dataset, deletion));
      const classId = classPutBack(deletion);
      if (classId) set({ attention: { to: "class", classId } });
    });
    return true;
  };
  const nameOf = (id: ClassId) => shownNameIn(get().dataset, id);
  /** Goes one step along; what is left behind becomes the way back. */
  const step = (from: "past" | "future", to: "past" | "future", told: (change: Change) => string) => {
    const steps = get();
    const next = steps[from].at(-1);
    if (!next || !mayUndo(steps.jobs)) return;
    const back: Step = { change: next.change, dataset: steps.dataset };
    set({ dataset: next.dataset, [from]: steps[from].slice(0, -1), [to]: [...steps[to], back] });
    steps.notify("news", told(next.change));
  };

  return {
    dataset: EMPTY_DATASET,
    ...{ groups: [], comparedAs: null, chosenClass: null },
    ...NO_HISTORY,
    capturing: null,
    capture: (id) => set({ capturing: id }),
    captureFirst() {
      get().addClass();
      set({ capturing: get().chosenClass });
    },
    remember,
    edit,
    chooseClass: (id) => set({ chosenClass: id }),
    attention: null,
    attended: () => set({ attention: null }),
    addClass() {
      const id = newId();
      edit({ did: "add-class" }, (dataset) => addNumberedClass(dataset, id, words.classes.numbered));
      set({ chosenClass: id, attention: { to: "name", classId: id } });
    },
    renameClass: (id, name) =>
      edit({ did: "rename-class" }, (dataset) => renameClass(dataset, id, name), `class ${id}`),
    deleteClass(id) {
      const { classes, samples } = get().dataset;
      const photos = samples.filter(({ classId }) => classId === id).length;
      const next = classes[classes.findIndex((each) => each.id === id) + 1];
      const told = words.store.classDeleted({ name: nameOf(id), photos });
      if (!remove({ did: "delete-class" }, (dataset) => deleteClass(dataset, id), told)) return;
      set({ attention: next ? { to: "class", classId: next.id } : { to: "add-class", classId: null } });
      if (get().chosenClass === id) set({ chosenClass: null });
    },
    mergeClass(id, into) {
      const told = words.store.merged({ name: nameOf(id), into: nameOf(into) });
      if (!remove({ did: "merge-classes" }, (dataset) => mergeClasses(dataset, id, into), told)) return;
      set({ attention: { to: "class", classId: into } });
      if (get().chosenClass === id) set({ chosenClass: into });
    },
    moveClass: (id, place) => edit({ did: "move-class" }, (dataset) => reorderClass(dataset, id, place)),
    colourClass: (id, colour) => edit({ did: "colour-class" }, (dataset) => colourClass(dataset, id, colour)),
    movePhotos: (photos, to) =>
      edit({ did: "move-photos", photos: photos.size }, (dataset) => moveSamples(dataset, photos, to)),
    deletePhotos(photos) {
      const change = { did: "delete-photos", photos: photos.size } as const;
      remove(change, (dataset) => deleteSamples(dataset, photos), words.store.photosDeleted(photos.size));
    },
    excludePhotos: (photos, excluded) =>
      edit({ did: excluded ? "exclude-photos" : "include-photos", photos: photos.size }, (dataset) =>
        excludeSamples(dataset, photos, excluded),
      ),
    fixSplit: (photos, split) =>
      edit({ did: "fix-split", photos: photos.size }, (dataset) => fixSplit(dataset, photos, split)),
    undo: () => step("past", "future", words.history.undone),
    redo: () => step("future", "past", words.history.redone),
  };
}

function shownNameIn({ classes }: Dataset, id: ClassId): string {
  return id === UNSORTED ? words.classes.unsorted : (classes.find((each) => each.id === id)?.name ?? "");
}

/** What comes in is no part of the step before. */
export function mayUndo(jobs: readonly Job[]): boolean {
  return verdictOn("undo", tasksOf(jobs)).rule !== "never";
}
