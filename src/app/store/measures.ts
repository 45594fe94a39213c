/** What Evaluate shows beyond the overview: all metrics of the run shown, on its test or its validation photos. */
import type { OneAgainstRest } from "../../evaluation/scores.ts";
import type { Run, RunId } from "../../project/run.ts";
import type { MeasuredOn } from "../../project/run-photos.ts";
import type { MeasuredRun } from "../../worker/protocol/index.ts";
import { shownRun } from "./runs.ts";
import type { SliceContext } from "./store.ts";

export interface MeasuresSlice {
  /** What the person wants to see; a run that has no such photos is shown on the others. */
  readonly measuredOn: MeasuredOn;
  /** The latest that was worked out; null before any. */
  readonly measured: { readonly run: RunId; readonly on: MeasuredOn; readonly found: MeasuredRun | null } | null;
  measureOn(on: MeasuredOn): void;
  /** Works out all metrics of a run, unless they are there. */
  loadMeasures(id: RunId, on: MeasuredOn): Promise<void>;
  /** What the curves of one class are made of; null where that is not kept. @param label index of the class */
  scoresOfClass(id: RunId, on: MeasuredOn, label: number): Promise<OneAgainstRest | null>;
}

export function createMeasuresSlice({ set, get, headstart }: SliceContext): MeasuresSlice {
  return {
    measuredOn: "test",
    measured: null,
    measureOn: (on) => set({ measuredOn: on }),
    async loadMeasures(id, on) {
      const { measured } = get();
      if (measured?.run === id && measured.on === on) return;
      await get().attempt(async () => {
        const found = await headstart.measureRun(id, on);
        const shown = shownRun(get());
        // Another run, or other photos, may have been chosen meanwhile.
        if (shown?.id === id && measuredOnOf(shown, get().measuredOn) === on) set({ measured: { run: id, on, found } });
      });
    },
    scoresOfClass: (id, on, label) => headstart.classScores(id, on, label),
  };
}

/** The photos that a run's numbers are to come from: those that were chosen, as far as it has any. */
export function measuredOnOf(run: Run, chosen: MeasuredOn): MeasuredOn {
  return chosen === "validation" && hasValidation(run) ? "validation" : "test";
}

/** With cross-validation, each photo that decides when a fold stops is a test photo of another fold. */
export function hasValidation({ counts, settings }: Run): boolean {
  return counts.validation > 0 && settings.folds <= 1;
}
