/** Many photos classified together. */
import type { ClassId } from "../../dataset/dataset.ts";
import type { ClassifiedPhoto, IncomingFile, ResultLine } from "../../worker/protocol/index.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import { saveFile } from "./save-file.ts";
import { classNamesInUse } from "./selectors.ts";
import type { SliceContext } from "./store.ts";

/** A photo of a batch, and where its own class is among the classifier's; null where that is not known. */
export type BatchPhoto = ClassifiedPhoto & { readonly actual: number | null };

export interface Batch {
  /** Names it before the worker. */
  readonly name: string;
  /** As they were classified. */
  readonly photos: readonly BatchPhoto[];
  /** Files that were no photos. */
  readonly ignored: number;
  readonly finished: boolean;
}

export interface BatchSlice {
  /** The latest one; null until there is one, and when another classifier is in use. */
  readonly batch: Batch | null;
  classifyBatch(files: readonly IncomingFile[]): Promise<void>;
  closeBatch(): void;
  /** Downloads the table of results. */
  downloadResults(): Promise<void>;
  /** Adds a photo of the batch to a class of the project. */
  addBatchPhoto(photo: BatchPhoto, classId: ClassId): Promise<void>;
}

export function createBatchSlice({ set, get, headstart }: SliceContext): BatchSlice {
  const attempt = (work: () => Promise<unknown>) => get().attempt(work, undefined, "classify");
  const change = (name: string, changed: (batch: Batch) => Batch) => {
    const { batch } = get();
    if (batch?.name === name) set({ batch: changed(batch) });
  };
  return {
    batch: null,
    closeBatch() {
      get().abortJobs("classify");
      set({ batch: null });
    },
    async classifyBatch(files) {
      const name = crypto.randomUUID();
      await attempt(() =>
        get().runJob({ kind: "classify", place: "Use" }, async ({ signal, tell }) => {
          const tellUnpacking = (file: string, done: number, total: number) =>
            tell({ kind: "unpack", subject: file, progress: { done, total, unit: "bytes", secondsLeft: null } });
          const choice = await get().chooseReadings(
            files,
            { drop: name },
            ({ file, done, total }) => tellUnpacking(file, done, total),
            signal,
          );
          const placeOf = placesOf(classNamesInUse(get()));
          set({ batch: { name, photos: [], ignored: 0, finished: false } });
          const ignored = await headstart.classifyBatch(
            name,
            files,
            choice,
            ({ photos, done, total, unpacking }) => {
              if (unpacking) return tellUnpacking(unpacking.file, unpacking.done, unpacking.total);
              const more = photos.map((photo): BatchPhoto => ({ ...photo, actual: placeOf(photo.className) }));
              change(name, (batch) => ({ ...batch, photos: [...batch.photos, ...more] }));
              const progress = { done, total: total || null, unit: "files", secondsLeft: null } as const;
              tell({ kind: "classify", subject: null, progress });
            },
            signal,
          );
          change(name, (batch) => ({ ...batch, ignored, finished: true }));
        }),
      );
      // A worker that has ended has forgotten all by itself.
      await headstart.forgetDrop(name).catch(() => undefined);
      // One that was cancelled keeps what it found so far.
      change(name, (batch) => (batch.photos.length ? { ...batch, finished: true } : batch));
      if (get().batch?.name === name && get().batch?.finished === false) set({ batch: null });
      void get().seeEngine();
    },
    async downloadResults() {
      const { batch } = get();
      if (!batch) return;
      await attempt(async () => {
        const names = classNamesInUse(get());
        const { blob, fileName } = await headstart.resultsFile(
          inOrder(batch.photos).map((photo) => lineOf(photo, names, get().classifier?.rejects === true)),
        );
        saveFile(blob, fileName);
      });
    },
    async addBatchPhoto({ id, fileName }, classId) {
      const { batch } = get();
      if (!batch) return;
      await attempt(async () => {
        const blob = await headstart.batchPhoto(batch.name, id);
        await get().addToClass([{ path: fileName, blob }], classId);
      });
    },
  };
}

/** Where a class of a name is among the classifier's: of the very name, or of one that differs in case only. */
function placesOf(classNames: readonly string[]): (name: string | null) => number | null {
  const exact = new Map(classNames.map((name, place) => [name, place]));
  const folded = new Map(classNames.map((name, place) => [name.toLowerCase(), place]));
  return (name) => (name === null ? null : (exact.get(name) ?? folded.get(name.toLowerCase()) ?? null));
}

function inOrder(photos: readonly BatchPhoto[]): BatchPhoto[] {
  return [...photos].sort((a, b) => a.id - b.id);
}

function lineOf(
  { path, className, actual, outcome }: BatchPhoto,
  names: readonly string[],
  rejects: boolean,
): ResultLine {
  const trueClass = actual === null ? className : (names[actual] ?? className);
  if ("fault" in outcome) {
    return { path, trueClass, best: [], isUnknown: null, problem: sentence(words.faults, outcome.fault) };
  }
  const best = outcome.best.map(({ place, probability }) => ({ className: names[place] ?? "", probability }));
  return { path, trueClass, best, isUnknown: rejects ? outcome.isUnknown : null, problem: null };
}
