import { type Run, rightOf } from "../../project/run.ts";
import { nextRunNumber } from "../../project/run-numbers.ts";
import { checkSettings } from "../../training/check-settings.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../training/settings.ts";
import type { TrainRequest } from "../../worker/protocol/index.ts";
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
  /** The settings of the training under way, which may not be those of the form; null while there is none. */
  readonly trainingWith: TrainingSettings | null;
  changeSettings(change: Partial<TrainingSettings>): void;
  /** Trains once photos that still come in are there. */
  train(): Promise<void>;
  /** Trains on other data or with other settings than those of the form, and shows it. Gives the run; null when there is none. */
  trainAs(plan: TrainingPlan): Promise<Run | null>;
  /** Trains from any place, and shows it. @param choices made first, as that of another base model */
  trainAgain(choices?: { readonly baseModelId?: string; readonly inputSize?: number | null }): Promise<void>;
}

/** What is trained on, with what. */
export type TrainingPlan = Pick<TrainRequest, "dataset" | "settings" | "baseModelId" | "startFrom" | "asFixed">;

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

  /** What the page shows. */
  const planned = async (): Promise<TrainingPlan> => {
    const { id: baseModelId } = await get().readyBaseModel();
    const { dataset, settings } = get();
    return { dataset, settings, baseModelId, startFrom: null, asFixed: false };
  };

  const run = async ({ signal, tell }: JobControl, chosen: TrainingPlan | null): Promise<Run> => {
    const plan = chosen ?? (await planned());
    const { settings, baseModelId } = plan;
    const { projectName, groups, comparedAs } = get();
    set({ course: NO_COURSE, trainingWith: settings });
    const events = collect<ShownEvent>(SHOW_EVERY_MS, (batch) => {
      set(({ course }) => ({ course: courseAfter(course, batch, settings.epochs) }));
      tell(jobAfter(batch, get().course));
    });
    current = survivingTraining({
      headstart,
      request: {
        ...{ runId: crypto.randomUUID(), number: nextRunNumber(get().runs) },
        ...{ ...plan, projectName },
        known: comparedAs === null ? null : { groups, comparedAs },
      },
      signal,
      onEvent(event) {
        if (event.kind === "preparing-skipped") get().tellSkipped(event.skipped, "train");
        else if (event.kind === "groups") {
          // Other photos than the project's say nothing of those.
          if (!chosen) set({ groups: event.groups, comparedAs: event.comparedAs });
        } else {
          if (event.kind === "preparing") get().notePace({ baseModelId, settings }, event);
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
      return done;
    } finally {
      current = null;
      set({ trainingWith: null });
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

  const trainJob = async (chosen: TrainingPlan | null): Promise<Run | null> => {
    let done: Run | null = null;
    await get().attempt(
      async () => {
        const [problem] = checkSettings(chosen?.settings ?? get().settings);
        if (problem) return get().tellBeside("train", "error", sentence(words.faults, problem));
        if (!chosen) get().refuseWithoutBaseModel();
        done = await get().runJob({ kind: "train", place: "Train", stop }, (control) => run(control, chosen));
      },
      undefined,
      "train",
    );
    return done;
  };

  return {
    settings: DEFAULT_SETTINGS,
    course: NO_COURSE,
    trainingWith: null,
    changeSettings(change) {
      get().clearBeside("train");
      set(({ settings }) => ({ settings: { ...settings, ...change } }));
    },
    async train() {
      await trainJob(null);
    },
    async trainAs(plan) {
      location.hash = hashOf("Train");
      return trainJob(plan);
    },
    async trainAgain({ baseModelId, inputSize } = {}) {
      if (baseModelId !== undefined) get().chooseBaseModel(baseModelId);
      if (inputSize !== undefined) get().changeSettings({ inputSize });
      location.hash = hashOf("Train");
      await get().train();
    },
  };
}
