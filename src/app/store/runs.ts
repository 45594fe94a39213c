import type { EvaluationReport } from "../../evaluation/report.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import type { RunPair } from "../../project/compare-runs.ts";
import type { Run, RunId } from "../../project/run.ts";
import { hashOf } from "../places.ts";
import { words } from "../words/words.ts";
import type { SliceContext, State } from "./store.ts";

export interface RunsSlice {
  /** The newest first, deleted ones too. The worker makes them; the page only reads them. */
  readonly runs: readonly Run[];
  /** The run that Evaluate shows; null for the one whose classifier is in use. */
  readonly shownRunId: RunId | null;
  /** What a run's test photos say; null until it was worked out. */
  readonly report: { readonly run: RunId; readonly report: EvaluationReport | null } | null;
  /** A training has ended: its run is kept, and its classifier is in use. */
  takeRun(run: Run, classifier: ClassifierSummary, forgotten: readonly RunId[]): void;
  /** Runs that are compared, in the order in which they were chosen; at most `MOST_COMPARED`. */
  readonly chosenRuns: readonly RunId[];
  /** How the chosen runs compare, pair by pair; null until it was worked out. */
  readonly comparison: { readonly of: readonly RunId[]; readonly pairs: readonly RunPair[] } | null;
  showRun(id: RunId): void;
  /** Chooses a run for the comparison, or leaves it out again. Of too many, the one that was chosen first goes. */
  chooseRun(id: RunId, chosen: boolean): void;
  clearChosen(): void;
  /** Works out the report of a run, unless it is the one shown. */
  loadReport(id: RunId): Promise<void>;
  /** Works out how the chosen runs compare. */
  compareChosen(): Promise<void>;
  activateRun(id: RunId): Promise<void>;
  /** Takes a run's classifier into use, and goes to Export. */
  exportRun(id: RunId): Promise<void>;
  pinRun(id: RunId, pinned: boolean): Promise<void>;
  noteRun(id: RunId, note: string): Promise<void>;
  /** With a message that offers to take it back. */
  deleteRun(id: RunId): Promise<void>;
}

/** More curves in one chart are not told apart. */
const MOST_COMPARED = 5;

export function createRunsSlice({ set, get, headstart }: SliceContext): RunsSlice {
  const replace = (changed: Run) =>
    set(({ runs }) => ({ runs: runs.map((run) => (run.id === changed.id ? changed : run)) }));
  const attempt = (work: () => Promise<unknown>) => get().attempt(work, undefined, "runs");
  const restore = (id: RunId) =>
    void get().attempt(async () => replace(await headstart.changeRun(id, { deletedAt: null })));

  return {
    runs: [],
    shownRunId: null,
    report: null,
    chosenRuns: [],
    comparison: null,
    takeRun(run, classifier, forgotten) {
      const kept = get().runs.filter(({ id }) => !forgotten.includes(id));
      set({ runs: [run, ...kept], classifier, shownRunId: null, report: null, predictions: [], batch: null });
      if (forgotten.length) get().notify("news", words.store.runsForgotten(forgotten.length));
    },
    showRun: (id) => set({ shownRunId: id }),
    chooseRun(id, chosen) {
      const others = get().chosenRuns.filter((each) => each !== id);
      set({ chosenRuns: chosen ? [...others, id].slice(-MOST_COMPARED) : others });
    },
    async loadReport(id) {
      if (get().report?.run === id) return;
      await get().attempt(async () => {
        const report = await headstart.evaluateRun(id);
        // Another run may have been chosen meanwhile.
        if (shownRun(get())?.id === id) set({ report: { run: id, report } });
      });
    },
    clearChosen: () => set({ chosenRuns: [] }),
    async compareChosen() {
      const { chosenRuns: of, comparison } = get();
      if (of.length < 2 || comparison?.of === of) return;
      await get().attempt(async () => {
        const pairs = await headstart.compareRuns(of);
        // Others may have been chosen meanwhile.
        if (get().chosenRuns === of) set({ comparison: { of, pairs } });
      });
    },
    async activateRun(id) {
      await attempt(async () => {
        const classifier = await headstart.activateRun(id);
        set({ classifier, shownRunId: null, predictions: [], batch: null });
        get().tellBeside("runs", "news", words.store.runInUse(classifier.trainedAt));
      });
    },
    async exportRun(id) {
      if (runInUse(get())?.id !== id) await get().activateRun(id);
      if (runInUse(get())?.id === id) location.hash = hashOf("Export");
    },
    async noteRun(id, note) {
      await attempt(async () => replace(await headstart.changeRun(id, { note })));
    },
    async pinRun(id, pinned) {
      await attempt(async () => replace(await headstart.changeRun(id, { pinned })));
    },
    async deleteRun(id) {
      await attempt(async () => {
        replace(await headstart.changeRun(id, { deletedAt: new Date().toISOString() }));
        if (get().shownRunId === id) set({ shownRunId: null });
        get().chooseRun(id, false);
        get().offerBack(words.store.runDeleted, () => restore(id));
      });
    },
  };
}

/** Those that are not deleted, the newest first. */
export function keptRuns(runs: readonly Run[]): Run[] {
  return runs.filter(({ deletedAt }) => deletedAt === null);
}

/** The run whose classifier is in use; undefined when that is of no run. */
export function runInUse({ runs, classifier }: Pick<State, "runs" | "classifier">): Run | undefined {
  return classifier?.runId ? runs.find(({ id }) => id === classifier.runId) : undefined;
}

/** The run that Evaluate shows. */
export function shownRun(state: Pick<State, "runs" | "classifier" | "shownRunId">): Run | undefined {
  return state.runs.find(({ id }) => id === state.shownRunId) ?? runInUse(state);
}
