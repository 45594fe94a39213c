import type { FilePrediction, IncomingFile } from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import { isBatch } from "./batch-files.ts";
import type { SliceContext } from "./store.ts";

export interface PhotoPrediction {
  readonly id: number;
  readonly file: IncomingFile;
  /** null while it is worked on. */
  readonly outcome: FilePrediction["outcome"] | null;
}

export interface UseSlice {
  /** The latest first. */
  readonly predictions: readonly PhotoPrediction[];
  /** A few photos each in the list; folders, archives and many photos together in a table. */
  classifyFiles(files: readonly IncomingFile[]): Promise<void>;
  clearPredictions(): void;
  /** Readies the classifier in use in the background; see `UseDoor.warmUpClassifier`. */
  warmUpClassifier(): void;
}

/** More than these are dropped from the list, the oldest first. */
const MOST_SHOWN = 200;

export function createUseSlice({ set, get, headstart }: SliceContext): UseSlice {
  let lastId = 0;
  return {
    predictions: [],
    clearPredictions: () => set({ predictions: [] }),
    warmUpClassifier() {
      // What goes wrong here goes wrong again, and is told, when somebody waits for it.
      headstart.warmUpClassifier().catch(() => undefined);
    },
    async classifyFiles(files) {
      if (!get().classifier) return get().notify("error", words.store.noClassifier);
      if (isBatch(files)) return get().classifyBatch(files);
      const waiting = files.map((file): PhotoPrediction => {
        lastId += 1;
        return { id: lastId, file, outcome: null };
      });
      set(({ predictions }) => ({ predictions: [...waiting, ...predictions].slice(0, MOST_SHOWN) }));
      let next = 0;
      const done = (outcome: FilePrediction["outcome"]) => {
        const id = waiting[next]?.id;
        next += 1;
        set(({ predictions }) => ({
          predictions: predictions.map((each) => (each.id === id ? { ...each, outcome } : each)),
        }));
      };
      const ok = await get().attempt(
        () => headstart.classifyFiles(files, ({ outcome }) => done(outcome), new AbortController().signal),
        () => get().classifyFiles(files),
        "classify",
      );
      if (ok) void get().seeEngine();
      else {
        const ids = new Set(waiting.map(({ id }) => id));
        set(({ predictions }) => ({ predictions: predictions.filter((each) => !ids.has(each.id) || each.outcome) }));
      }
    },
  };
}
