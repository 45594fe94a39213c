import { type Run, rightOf } from "../../project/run.ts";
import { checkSettings } from "../../training/check-settings.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../training/settings.ts";
import { currentPlace, hashOf } from "../places.ts";
import { sentence } from "../words/faults.ts";
import { sentenceOf, words } from "../words/words.ts";
import type { JobControl } from "./jobs.ts";
import type { SliceContext } from "./store.ts";
import { type SurvivingTraining, survivingTraining } from "./surviving-training.ts";
import {
  type Course,
  collect,
  courseAfter,
  courseAt,
  jobAfter,
  NO_COURSE,
  type ShownEvent,
} from "./training-events.ts";

export interface TrainSlice {
  readonly settings: TrainingSettings;
  /** Epochs of the training under way; those of the last one until the project is left. */
  readonly course: Course;
  changeSettings(change: Partial<TrainingSettings>): void;
  /** Trains once photos that still come in are there. */
  train(): Promise<void>;
  /** Trains from any place, and shows it. @param choices made first, as that of another base model */
  trainAgain(choices?: { readonly baseModelId?: string; readonly inputSize?: number | null }): Promise<void>;
}

/** Epochs may come faster than they can be drawn or read. */
const SHOW_EVERY_MS = 250;
export function createTrainSlice({ set, get, headstart }: SliceContext): TrainSlice {
  /** The one under way, if any. */
  let current: SurvivingTraining | null = null;

  /** While training: ends after this epoch and keeps the best. Before that there is nothing to keep. */
  const stop = (): boolean => {
    const stopping = current?.stop();
    if (!stopping) return false;
    void get().attempt(() => stopping, undefined, "train");
    return true;
  };

  const run = async ({ signal, tell }: JobControl): Promise<void> => {
    const base = await get().readyBaseModel();
    const { dataset, settings, projectName, groups, comparedAs } = get();
    set({ course: NO_COURSE });
    const events = collect<ShownEvent>(SHOW_EVERY_MS, (batch) => {
      set(({ course }) => ({ course: courseAfter(course, batch, settings.epochs) }));
      tell(jobAfter(batch, get().course));
    });
    current = survivingTraining({
      headstart,
      request: {
        ...{ runId: crypto.randomUUID(), dataset, baseModelId: base.id, settings, projectName },
        known: comparedAs === null ? null : { groups, comparedAs },
      },
      signal,
      onEvent(event) {
        if (event.kind === "preparing-skipped") get().tellSkipped(event.skipped, "train");
        else if (event.kind === "groups") set({ groups: event.groups, comparedAs: event.comparedAs });
        else {
          if (event.kind === "preparing") get().notePace({ baseModelId: base.id, settings }, event);
          events.add(event);
        }
      },
      onDeath(error, from) {
        events.flush();
        // The last checkpoint may have arrived without its epoch.
        if (from) set(({ course }) => ({ course: courseAt(course, from.fit.history) }));
        const text = words.store.trainingGoesOn({ problem: sentenceOf(error), from: from?.epoch ?? null });
        get().notify("error", text);
      },
    });
    try {
      const { run: done, classifier, forgotten } = await current.run();
      events.flush();
      get().takeRun(done, classifier, forgotten);
      void get().seeEngine();
      tellEnd(done);
    } finally {
      current = null;
      events.drop();
    }
  };

  /** On the page Train the status says it. */
  const tellEnd = (run: Run) => {
    if (currentPlace() === "Train") return;
    const see = {
      label: words.store.seeResult,
      run: () => {
        location.hash = hashOf("Evaluate");
      },
    };
    const text = words.store.trained({ right: rightOf(run), tested: run.metrics ? run.counts.test : 0 });
    get().notify("news", text, [], currentPlace() === "Evaluate" ? undefined : see);
  };

  return {
    settings: DEFAULT_SETTINGS,
    course: NO_COURSE,
    changeSettings(change) {
      get().clearBeside("train");
      set(({ settings }) => ({ settings: { ...settings, ...change } }));
    },
    async train() {
      await get().attempt(
        async () => {
          const [problem] = checkSettings(get().settings);
          if (problem) return get().tellBeside("train", "error", sentence(words.faults, problem));
          get().refuseWithoutBaseModel();
          await get().runJob({ kind: "train", place: "Train", stop }, run);
        },
        undefined,
        "train",
      );
    },
    async trainAgain({ baseModelId, inputSize } = {}) {
      if (baseModelId !== undefined) get().chooseBaseModel(baseModelId);
      if (inputSize !== undefined) get().changeSettings({ inputSize });
      location.hash = hashOf("Train");
      await get().train();
    },
  };
}
