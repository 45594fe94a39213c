import { checkSettings } from "../../training/check-settings.ts";
import type { Progress } from "../../training/describe.ts";
import type { EpochResult } from "../../training/history.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../training/settings.ts";
import type {
  BaseModelEntry,
  DownloadProgress,
  IncomingFile,
  LastRun,
  RunRecord,
  SkippedFile,
  TrainEvent,
} from "../../worker/protocol/index.ts";
import { plural } from "../shared/format.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import type { SliceContext } from "./store.ts";

/** What a run is doing. */
export type Activity =
  | { readonly kind: "idle" }
  | { readonly kind: "preparing"; readonly done: number; readonly total: number; readonly secondsLeft: number | null }
  | { readonly kind: "cross-validating"; readonly fold: number; readonly folds: number }
  | ({ readonly kind: "training"; readonly stopping: boolean; readonly fineTuning: boolean } & Progress);

export interface TrainSlice {
  readonly settings: TrainingSettings;
  readonly baseModels: readonly BaseModelEntry[];
  /** Id of the entry chosen; null until the list is there. */
  readonly baseModelId: string | null;
  readonly download: { readonly id: string; readonly progress: DownloadProgress | null } | null;
  readonly activity: Activity;
  /** Epochs of the run under way or the last one. */
  readonly course: readonly EpochResult[];
  readonly lastRun: LastRun | null;
  changeSettings(change: Partial<TrainingSettings>): void;
  loadBaseModels(): Promise<void>;
  chooseBaseModel(id: string): void;
  addBaseModel(files: readonly IncomingFile[]): Promise<void>;
  downloadBaseModel(source: { catalogueId: string } | { url: string }): Promise<void>;
  cancelDownload(): void;
  deleteBaseModel(id: string): Promise<void>;
  /** Readies the chosen base model in the background; see `Headstart.warmUp`. */
  warmUpBaseModel(): void;
  train(): Promise<void>;
  /** While training: ends after this epoch and keeps the best. Before that: cancels. */
  stop(): void;
  /** Ends at once, and keeps nothing. */
  abandonTraining(): void;
}

/** Epochs may come faster than they can be drawn or read. */
const SHOW_EVERY_MS = 250;
const RUNS_KEPT = 50;

export function createTrainSlice({ set, get, headstart }: SliceContext): TrainSlice {
  let downloadJob: AbortController | null = null;
  let trainJob: AbortController | null = null;

  /** At its own input size. */
  const choose = (id: string) =>
    set(({ settings }) => ({ baseModelId: id, settings: { ...settings, inputSize: null } }));
  const keepEntry = async (entry: BaseModelEntry) => {
    set({ baseModels: await headstart.listBaseModels() });
    choose(entry.id);
    await get().keepProject();
    get().notify("news", `${entry.name} is ready and kept for offline use.`);
  };

  return {
    settings: DEFAULT_SETTINGS,
    baseModels: [],
    baseModelId: null,
    download: null,
    activity: { kind: "idle" },
    course: [],
    lastRun: null,
    changeSettings: (change) => set(({ settings }) => ({ settings: { ...settings, ...change } })),
    async loadBaseModels() {
      await get().attempt(async () => {
        const baseModels = await headstart.listBaseModels();
        const known = baseModels.some(({ id }) => id === get().baseModelId);
        set({ baseModels, baseModelId: known ? get().baseModelId : (baseModels[0]?.id ?? null) });
      });
    },
    chooseBaseModel: choose,
    async addBaseModel(files) {
      await get().attempt(async () => {
        await keepEntry(await headstart.addBaseModel(files));
      });
    },
    async downloadBaseModel(source) {
      const job = new AbortController();
      downloadJob = job;
      set({ download: { id: "url" in source ? source.url : source.catalogueId, progress: null } });
      await get().attempt(async () => {
        const onProgress = (progress: DownloadProgress) =>
          set(({ download }) => ({ download: download && { ...download, progress } }));
        await keepEntry(await headstart.fetchBaseModel(source, onProgress, job.signal));
      });
      if (downloadJob === job) set({ download: null });
    },
    cancelDownload() {
      downloadJob?.abort();
      set({ download: null });
    },
    async deleteBaseModel(id) {
      await get().attempt(async () => {
        await headstart.deleteBaseModel(id);
        await get().loadBaseModels();
      });
    },
    warmUpBaseModel() {
      const { settings, baseModelId, baseModels, engine, activity } = get();
      const base = baseModels.find(({ id }) => id === baseModelId);
      if (!base?.card || !engine || activity.kind !== "idle") return;
      // What goes wrong here goes wrong again, and is told, when somebody waits for it.
      headstart.warmUp({ id: base.id, settings }).catch(() => undefined);
    },
    async train() {
      const { dataset, settings, baseModelId, baseModels, projectName } = get();
      const base = baseModels.find(({ id }) => id === baseModelId);
      const [problem] = checkSettings(settings);
      if (problem) return get().notify("error", problem.message);
      if (!base?.card) return get().notify("error", "Download this base model first, or choose another.");
      const job = new AbortController();
      trainJob = job;
      set({ activity: { kind: "preparing", done: 0, total: 0, secondsLeft: null }, course: [] });
      const events = collect((batch) => set((state) => shown(state, batch, settings.epochs)));
      const request = { dataset, baseModelId: base.id, settings, projectName };
      await get().attempt(async () => {
        const onEvent = (event: TrainEvent) => {
          if (event.kind === "preparing-skipped") tellSkipped(event.skipped);
          else if (event.kind === "groups") set({ groups: event.groups });
          else if (!job.signal.aborted) events.add(event);
        };
        const summary = await headstart.train(request, onEvent, job.signal);
        events.flush();
        const finishedAt = new Date().toISOString();
        const lastRun: LastRun = { summary, settings, baseModelName: base.name, finishedAt };
        const runs = [recordOf(lastRun), ...get().runs].slice(0, RUNS_KEPT);
        set({ lastRun, runs, course: summary.outcome.history, classifier: summary.classifier, predictions: [] });
      });
      events.drop();
      trainJob = null;
      set({ activity: { kind: "idle" } });
    },
    stop() {
      const { activity } = get();
      if (activity.kind === "preparing" || activity.kind === "cross-validating") trainJob?.abort();
      if (activity.kind !== "training") return;
      set({ activity: { ...activity, stopping: true } });
      void get().attempt(() => headstart.stopTraining());
    },
    abandonTraining: () => trainJob?.abort(),
  };

  function tellSkipped(skipped: readonly SkippedFile[]): void {
    const names = new Map(get().dataset.samples.map(({ photo, fileName }) => [photo, fileName]));
    const lines = skipped.map(({ path, fault }) => `${names.get(path) ?? path}: ${sentence(words.faults, fault)}`);
    get().notify("error", `${plural(skipped.length, "photo")} could not be read and took no part.`, lines);
  }
}

/** What is remembered of a run when others have come after it. */
function recordOf({ summary, settings, baseModelName, finishedAt }: LastRun): RunRecord {
  const { report, counts } = summary;
  const { history: _, ...outcome } = summary.outcome;
  const measured = report.photos > 0;
  return {
    ...{ finishedAt, baseModelName, settings, counts, outcome },
    accuracy: measured ? report.accuracy : null,
    macroF1: measured ? report.macroF1 : null,
  };
}

/** The state after a batch of events. @param headEpochs most epochs of the head alone */
function shown(
  { course, activity }: Pick<TrainSlice, "course" | "activity">,
  batch: readonly TrainEvent[],
  headEpochs: number,
): Pick<TrainSlice, "course" | "activity"> {
  const epochs = batch.flatMap((event) => (event.kind === "epoch" ? [event] : []));
  const tuning = batch.find((event) => event.kind === "fine-tuning");
  const before = activity.kind === "training" ? activity : null;
  const latest = epochs.at(-1) ?? (tuning && before);
  if (latest) {
    return {
      course: [...course, ...epochs.map(({ result }) => result)],
      activity: {
        kind: "training",
        stopping: before?.stopping ?? false,
        fineTuning: tuning !== undefined || (before?.fineTuning ?? false),
        bestEpoch: latest.bestEpoch,
        sinceBest: latest.sinceBest,
        lastEpoch: tuning?.lastEpoch ?? before?.lastEpoch ?? headEpochs,
      },
    };
  }
  const fold = batch.findLast((event) => event.kind === "fold");
  const preparing = batch.findLast((event) => event.kind === "preparing");
  return { course, activity: fold ? { ...fold, kind: "cross-validating" } : (preparing ?? activity) };
}

/** Hands events on in batches, at a pace that people can follow. */
function collect(show: (batch: readonly TrainEvent[]) => void) {
  let batch: TrainEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length) show(batch);
    batch = [];
  };
  return {
    flush,
    add(event: TrainEvent) {
      batch.push(event);
      timer ??= setTimeout(flush, SHOW_EVERY_MS);
    },
    drop() {
      clearTimeout(timer);
      batch = [];
    },
  };
}
