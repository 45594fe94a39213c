/** The search for better settings. */

import type { Dataset } from "../../dataset/dataset.ts";
import type { SearchReport } from "../../evaluation/search-report.ts";
import { checkSettings } from "../../training/check-settings.ts";
import type { Budget } from "../../training/search/budgets.ts";
import type { Trial } from "../../training/search/halving.ts";
import type { Tuned, TuneEvent } from "../../worker/protocol/index.ts";
import { currentPlace, hashOf } from "../places.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import type { JobControl } from "./jobs.ts";
import type { SliceContext } from "./store.ts";
import { collect } from "./training-events.ts";

/** A search under way, or the last one until the project is left. */
export interface Tuning {
  readonly report: SearchReport;
  /** What is tried at the moment; null when it is over. */
  readonly trying: Trial | null;
  /** Why it is over, `broken` when something went wrong; null while it is under way. */
  readonly end: Tuned["end"] | "broken" | null;
  readonly tooSlow: readonly string[];
  /** What it looks at. */
  readonly dataset: Dataset;
}

export interface TuningSlice {
  readonly tuning: Tuning | null;
  /** Searches for better settings than those of the form. What it finds is shown; nothing is changed. */
  tune(budget: Budget): Promise<void>;
  /** Takes over the settings, and the base model, of one that was tried. @param candidate its place in the report */
  takeTuned(candidate: number): void;
}

/** Trials may come faster than they can be read. */
const SHOW_EVERY_MS = 250;

export function createTuningSlice({ set, get, headstart }: SliceContext): TuningSlice {
  const search = async ({ signal, tell }: JobControl, budget: Budget): Promise<void> => {
    const base = await get().readyBaseModel();
    const { projectId, dataset, settings, baseModels, groups, comparedAs } = get();
    set({ tuning: null });
    const clock = createClock(budget, tell);
    const trials = collect<Extract<TuneEvent, { kind: "trying" }>>(SHOW_EVERY_MS, (batch) => {
      const latest = batch.at(-1);
      if (!latest) return;
      tell({ subject: null });
      set({ tuning: { report: latest.report, trying: latest.trial, end: null, tooSlow: [], dataset } });
    });
    const onEvent = (event: TuneEvent) => {
      if (event.kind === "preparing-skipped") get().tellSkipped(event.skipped, "tune");
      else if (event.kind === "groups") set({ groups: event.groups, comparedAs: event.comparedAs });
      else if (event.kind === "begun") clock.start();
      else if (event.kind === "other-base") {
        tell({ subject: baseModels.find(({ id }) => id === event.baseModelId)?.name ?? null });
      } else if (event.kind === "trying") trials.add(event);
      else if (event.kind === "preparing" && !clock.runs()) {
        const { done, total, secondsLeft } = event;
        get().notePace({ baseModelId: base.id, settings }, event);
        tell({ kind: "prepare", progress: { done, total: total || null, unit: "photos", secondsLeft } });
      }
    };
    try {
      const { report, end, tooSlow } = await headstart.tune(
        {
          ...{ dataset, settings, budget, baseModelId: base.id },
          otherBases: baseModels.filter(({ id, card }) => card && id !== base.id).map(({ id }) => id),
          known: comparedAs === null ? null : { groups, comparedAs },
        },
        onEvent,
        signal,
      );
      trials.drop();
      // Another project may have been opened meanwhile.
      if (get().projectId === projectId) set({ tuning: { report, trying: null, end, tooSlow, dataset } });
      void get().seeEngine();
      if (currentPlace() === "Train") return;
      get().notify("news", words.train.tune.done, [], {
        label: words.store.seeResult,
        run: () => {
          location.hash = hashOf("Train", "tune");
        },
      });
    } finally {
      trials.drop();
      clock.stop();
      const { tuning } = get();
      // A search that failed leaves what it had found.
      if (tuning?.trying) set({ tuning: { ...tuning, trying: null, end: "broken" } });
    }
  };

  /** Before the search has begun there is nothing to keep. */
  const stop = (): boolean => {
    if (!get().tuning) return false;
    void get().attempt(() => headstart.stopTuning(), undefined, "tune");
    return true;
  };

  return {
    tuning: null,
    async tune(budget) {
      await get().attempt(
        async () => {
          const [problem] = checkSettings(get().settings);
          if (problem) return get().tellBeside("tune", "error", sentence(words.faults, problem));
          get().refuseWithoutBaseModel();
          await get().runJob({ kind: "tune", place: "Train", stop }, (control) => search(control, budget));
        },
        undefined,
        "tune",
      );
    },
    takeTuned(candidate) {
      const found = get().tuning?.report.tried[candidate];
      if (!found) return;
      const { fineTune, folds } = get().settings;
      if (found.baseModelId !== get().baseModelId) get().chooseBaseModel(found.baseModelId);
      // These were no part of the search.
      get().changeSettings({ ...found.settings, fineTune, folds });
    },
  };
}

/** Tells the job how much of the budget is used up, from when it begins to run. */
function createClock(budget: Budget, tell: JobControl["tell"]) {
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    runs: () => timer !== undefined,
    start() {
      const began = performance.now();
      const show = () => {
        const done = Math.min(budget, Math.floor((performance.now() - began) / 1000));
        tell({ kind: "tune", progress: { done, total: budget, unit: "seconds", secondsLeft: budget - done } });
      };
      show();
      timer = setInterval(show, SHOW_EVERY_MS);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
