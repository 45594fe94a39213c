import { createAdder } from "../../dataset/adding.ts";
import type { ClassId } from "../../dataset/dataset.ts";
import { addSamples } from "../../dataset/edit.ts";
import type {
  ChosenInput,
  ImportedPhoto,
  ImportProgress,
  ImportResult,
  IncomingFile,
  SkippedFile,
} from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import type { Spot } from "./beside.ts";
import type { SliceContext, State } from "./store.ts";

export interface ImportingSlice {
  importFiles(files: readonly IncomingFile[]): Promise<void>;
  addSamplePhotos(): Promise<void>;
  /** Adds a camera frame to a class. */
  captureFrame(frame: ImageBitmap, classId: ClassId, fileName: string, burst: string): Promise<void>;
  /** Tells of photos that could not be prepared, by their file names. @param spot the control beside which it is told */
  tellSkipped(skipped: readonly SkippedFile[], spot?: Spot): void;
}

type Source = (onEvent: (progress: ImportProgress) => void, signal: AbortSignal) => Promise<ImportResult>;

/** Reasons listed in one message; a page of many thousands helps nobody. */
const MOST_REASONS = 200;
const newId = () => crypto.randomUUID();

export function createImportingSlice({ set, get, headstart }: SliceContext): ImportingSlice {
  /** Takes photos as they come. Undo takes all of them back in one step. */
  const createTaker = (chosenClass: ClassId | null) => {
    get().remember({ did: "add-photos" });
    const before = get().past;
    const add = createAdder(newId, chosenClass);
    let duplicates = 0;
    return {
      duplicates: () => duplicates,
      take(photos: readonly ImportedPhoto[]) {
        const added = add(get().dataset, photos);
        // Undoing an edit that was made meanwhile must not take away what came in after it.
        const past = get().past.map((each) =>
          before.includes(each) ? each : { ...each, dataset: add(each.dataset, photos).dataset },
        );
        set({ dataset: added.dataset, past });
        duplicates += added.duplicates;
      },
    };
  };
  const runImport = (source: Source) => {
    // As it was chosen when the photos were given: they may wait for others.
    const { chosenClass } = get();
    return get().attempt(() =>
      get().runJob({ kind: "import", place: "Data" }, async ({ signal, tell }) => {
        const taker = createTaker(chosenClass);
        const result = await source(({ photos, done, total }) => {
          if (signal.aborted) return;
          taker.take(photos);
          tell({ progress: { done, total: total || null, unit: "files", secondsLeft: null } });
        }, signal);
        await get().keepProject();
        tellResult(result, taker.duplicates());
      }),
    );
  };
  const tellResult = ({ stored, skipped, ignored }: ImportResult, duplicates: number) => {
    const counts = { added: stored - duplicates, duplicates, ignored };
    if (skipped.length === 0) return get().notify("news", words.store.imported(counts));
    const text = words.store.importedWithout({ ...counts, skipped });
    get().notify("error", text, skipped.length === 1 ? [] : reasonsOf(skipped));
  };

  return {
    async importFiles(files) {
      await runImport((onEvent, signal) => headstart.importFiles(files, onEvent, signal, chosenInput(get())));
    },
    async addSamplePhotos() {
      await runImport((onEvent, signal) =>
        headstart.drawSamples(words.data.sampleClasses, onEvent, signal, chosenInput(get())),
      );
    },
    async captureFrame(frame, classId, fileName, burst) {
      const { sample } = await headstart.importFrame(frame, fileName, burst, chosenInput(get()));
      if (!get().dataset.classes.some(({ id }) => id === classId)) return;
      const { dataset } = addSamples(get().dataset, [{ ...sample, classId }]);
      set({ dataset });
    },
    tellSkipped(skipped, spot) {
      const names = new Map(get().dataset.samples.map(({ photo, fileName }) => [photo, fileName]));
      const lines = skipped.map(({ path, fault }) =>
        words.store.fileAndReason({ path: names.get(path) ?? path, fault }),
      );
      const text = words.store.tookNoPart(skipped.length);
      if (spot) get().tellBeside(spot, "error", text, lines);
      else get().notify("error", text, lines);
    },
  };
}

/** What photos are prepared for. */
function chosenInput({ baseModels, baseModelId, settings }: State): ChosenInput | undefined {
  const base = baseModels.find(({ id }) => id === baseModelId);
  return base?.card ? { baseModelId: base.id, inputSize: settings.inputSize } : undefined;
}

/** One line per file, the same line once. */
function reasonsOf(skipped: readonly SkippedFile[]): string[] {
  const lines = [...new Set(skipped.map(words.store.fileAndReason))];
  const more = lines.length - MOST_REASONS;
  return more > 0 ? [...lines.slice(0, MOST_REASONS), words.store.andMore(more)] : lines;
}
