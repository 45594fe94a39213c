import { type Contradiction, createAdder } from "../../dataset/adding.ts";
import type { ClassId } from "../../dataset/dataset.ts";
import { addSamples } from "../../dataset/edit.ts";
import type {
  ChosenInput,
  FrameFacts,
  ImportedPhoto,
  ImportProgress,
  ImportResult,
  IncomingFile,
  SkippedFile,
  Unpacking,
} from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import type { Spot } from "./beside.ts";
import type { JobControl } from "./jobs.ts";
import { whileTakingIn } from "./locks.ts";
import type { SliceContext, State } from "./store.ts";
import { isVideo } from "./video-frames.ts";

export interface ImportingSlice {
  /** Adds photos, folders and archives; of videos, the frames that are asked for. */
  importFiles(files: readonly IncomingFile[]): Promise<void>;
  /** Adds photos to a class, whatever their names say. */
  addToClass(files: readonly IncomingFile[], classId: ClassId): Promise<void>;
  addSamplePhotos(): Promise<void>;
  /** Adds a camera frame to a class. */
  captureFrame(frame: ImageBitmap | VideoFrame, photo: CapturedPhoto): Promise<void>;
  /** Tells of photos that could not be prepared, by their file names. @param spot the control beside which it is told */
  tellSkipped(skipped: readonly SkippedFile[], spot?: Spot): void;
}

/** A camera's frame on its way into a class. */
export interface CapturedPhoto extends FrameFacts {
  readonly classId: ClassId;
}

type Source = (onEvent: (progress: ImportProgress) => void, signal: AbortSignal) => Promise<ImportResult>;

/** Takes photos as they come, and counts what they were. */
interface Taker {
  readonly contradictions: readonly Contradiction[];
  duplicates(): number;
  take(photos: readonly ImportedPhoto[]): void;
  /** Takes the photos back, unless something was changed after them. */
  undo(): void;
}

/** Reasons listed in one message; a page of many thousands helps nobody. */
const MOST_REASONS = 200;
const newId = () => crypto.randomUUID();

export function createImportingSlice({ set, get, headstart }: SliceContext): ImportingSlice {
  /** Takes photos as they come. Undo takes all of them back in one step. */
  const createTaker = (chosenClass: ClassId | null): Taker => {
    get().remember({ did: "add-photos" });
    const before = get().past;
    const add = createAdder(newId, chosenClass);
    const step = get().past.at(-1);
    const contradictions: Contradiction[] = [];
    let duplicates = 0;
    return {
      duplicates: () => duplicates,
      contradictions,
      undo() {
        const { past, undo, notify } = get();
        if (past.length === 0 || past.at(-1)?.change !== step?.change) notify("news", words.layouts.changedSince);
        else undo();
      },
      take(photos: readonly ImportedPhoto[]) {
        const added = add(get().dataset, photos);
        // Undoing an edit that was made meanwhile must not take away what came in after it.
        const past = get().past.map((each) =>
          before.includes(each) ? each : { ...each, dataset: add(each.dataset, photos).dataset },
        );
        set({ dataset: added.dataset, past });
        duplicates += added.duplicates;
        contradictions.push(...added.contradictions);
      },
    };
  };
  const runImport = (
    prepare: (control: JobControl, chosenClass: ClassId | null) => Promise<Source>,
    // As it was chosen when the photos were given: they may wait for others.
    chosenClass = get().chosenClass,
  ) => {
    return get().attempt(() =>
      get().runJob({ kind: "import", place: "Data" }, async (control) => {
        const { signal, tell } = control;
        const source = await prepare(control, chosenClass);
        const taker = createTaker(chosenClass);
        const take = ({ photos, done, total, unpacking }: ImportProgress) => {
          if (signal.aborted) return;
          if (unpacking) return tellUnpacking(control, unpacking);
          taker.take(photos);
          const progress = { done, total: total || null, unit: "files", secondsLeft: null } as const;
          tell({ kind: "import", subject: null, progress });
        };
        const result = await whileTakingIn(() => source(take, signal), get().keepProject);
        await get().keepProject();
        tellResult(result, taker);
      }),
    );
  };
  const tellResult = ({ stored, skipped, ignored, converted, understood }: ImportResult, taker: Taker) => {
    const { contradictions, undo } = taker;
    const counts = { added: stored - taker.duplicates(), duplicates: taker.duplicates(), ignored, converted };
    const told = understood.flatMap((each) => words.layouts.understood(each));
    const lines = [...told, ...(contradictions.length ? [words.layouts.contradictions(contradictions)] : [])];
    const details = contradictions.length > 1 ? contradictions.map(words.layouts.contradiction) : [];
    const action =
      told.length && stored ? { label: words.layouts.takeBack, run: undo, project: get().projectId } : undefined;
    if (skipped.length === 0) {
      const text = [words.store.imported(counts), ...lines].join(" ");
      return get().notify(contradictions.length ? "error" : "news", text, details.slice(0, MOST_REASONS), action);
    }
    const text = [words.store.importedWithout({ ...counts, skipped }), ...lines].join(" ");
    get().notify("error", text, [...(skipped.length === 1 ? [] : reasonsOf(skipped)), ...details], action);
  };

  const importPhotos = async (files: readonly IncomingFile[]) => {
    const drop = newId();
    await runImport(async (control, chosenClass) => {
      const { signal } = control;
      const known = { looseHaveAPlace: chosenClass !== null, drop };
      const choice = await get().chooseReadings(files, known, (event) => tellUnpacking(control, event), signal);
      control.tell({ kind: "import", subject: null, progress: null });
      return (onEvent) => headstart.importFiles(files, onEvent, signal, { choice, input: chosenInput(get()) });
    });
    // A worker that has ended has forgotten all by itself.
    await headstart.forgetDrop(drop).catch(() => undefined);
  };

  return {
    async importFiles(all) {
      const areVideos = await Promise.all(all.map(isVideo));
      const videos = all.filter((_, at) => areVideos[at]);
      const files = all.filter((_, at) => !areVideos[at]);
      if (files.length) await importPhotos(files);
      if (videos.length) await get().addVideos(videos);
    },
    async addToClass(files, classId) {
      const choice = { looseHaveAPlace: true };
      await runImport(
        async () => (onEvent, signal) =>
          headstart.importFiles(files, onEvent, signal, { choice, input: chosenInput(get()) }),
        classId,
      );
    },
    async addSamplePhotos() {
      await runImport(
        async () => (onEvent, signal) =>
          headstart.drawSamples(words.data.sampleClasses, onEvent, signal, chosenInput(get())),
      );
    },
    async captureFrame(frame, { classId, ...facts }) {
      await whileTakingIn(async () => {
        const { sample } = await headstart.importFrame(frame, facts, chosenInput(get()));
        if (!get().dataset.classes.some(({ id }) => id === classId)) return;
        const { dataset } = addSamples(get().dataset, [{ ...sample, classId }]);
        set({ dataset });
      }, get().keepProject);
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

function tellUnpacking({ tell }: JobControl, { file, done, total }: Unpacking): void {
  tell({ kind: "unpack", subject: file, progress: { done, total, unit: "bytes", secondsLeft: null } });
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
