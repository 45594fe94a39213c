import { faultOf } from "../../errors/coded-error.ts";
import type { Run } from "../../project/run.ts";
import { checkSettings } from "../../training/check-settings.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../training/settings.ts";
import type { TrainEvent, TrainingCheckpoint, TrainRequest } from "../../worker/protocol/index.ts";
import { currentPlace, hashOf } from "../places.ts";
import { sentence } from "../words/faults.ts";
import { sentenceOf, words } from "../words/words.ts";
import { requireBase } from "./base-models.ts";
import { type JobControl, trainingIn } from "./jobs.ts";
import type { SliceContext } from "./store.ts";
import { type Course, collect, courseAfter, jobAfter, NO_COURSE, type ShownEvent } from "./training-events.ts";

export interface TrainSlice {
  readonly settings: TrainingSettings;
  /** Epochs of the training under way; those of the last one until the project is left. */
  readonly course: Course;
  changeSettings(change: Partial<TrainingSettings>): void;
  /** Trains once photos that still come in are there. */
  train(): Promise<void>;
}

/** Epochs may come faster than they can be drawn or read. */
const SHOW_EVERY_MS = 250;
/** Deaths of the worker that a training survives without getting any further in between. */
const MOST_DEATHS = 3;

export function createTrainSlice({ set, get, headstart }: SliceContext): TrainSlice {
  /** While training: ends after this epoch and keeps the best. Before that there is nothing to keep. */
  const stop = (): boolean => {
    const job = trainingIn(get().jobs);
    const fits = job?.kind === "train" && job.progress?.unit === "epochs";
    if (fits) void get().attempt(() => headstart.stopTraining());
    return fits;
  };

  const run = async ({ signal, tell }: JobControl): Promise<void> => {
    const { dataset, settings, projectName } = get();
    const base = requireBase(get());
    set({ course: NO_COURSE });
    const events = collect<ShownEvent>(SHOW_EVERY_MS, (batch) => {
      set(({ course }) => ({ course: courseAfter(course, batch, settings.epochs) }));
      tell(jobAfter(batch, get().course));
    });
    const request = { dataset, baseModelId: base.id, settings, projectName };
    try {
      const { run: done, classifier, forgotten } = await survive(request, signal, events.add);
      events.flush();
      get().takeRun(done, classifier, forgotten);
      tellEnd(done);
    } finally {
      events.drop();
    }
  };

  /** Trains; when the worker dies, goes on from the last epoch in a new one, and says so. */
  const survive = async (
    request: Omit<TrainRequest, "resume">,
    signal: AbortSignal,
    show: (event: ShownEvent) => void,
  ) => {
    let resume: TrainingCheckpoint | null = null;
    let deaths = 0;
    const onEvent = (event: TrainEvent) => {
      if (signal.aborted) return;
      if (event.kind === "checkpoint") {
        resume = event.checkpoint;
        deaths = 0;
      } else if (event.kind === "preparing-skipped") get().tellSkipped(event.skipped);
      else if (event.kind === "groups") set({ groups: event.groups });
      else show(event);
    };
    for (;;) {
      try {
        return await headstart.train({ ...request, resume }, onEvent, signal);
      } catch (error) {
        deaths += 1;
        if (!isDeath(error) || deaths > MOST_DEATHS || signal.aborted) throw error;
        // Narrowed to null by the compiler, which does not see that events change it.
        const checkpoint = resume as TrainingCheckpoint | null;
        // An epoch may have been told without its checkpoint, or the other way round.
        if (checkpoint) set(({ course }) => ({ course: { ...course, epochs: checkpoint.fit.history } }));
        const from = checkpoint?.epoch ?? null;
        get().notify("error", words.store.trainingGoesOn({ problem: sentenceOf(error), from }));
      }
    }
  };

  /** On the page Train the status says it. */
  const tellEnd = ({ metrics, counts }: Run) => {
    if (currentPlace() === "Train") return;
    const right = Math.round((metrics?.accuracy.value ?? 0) * counts.test);
    get().notify("news", words.store.trained({ right, tested: metrics ? counts.test : 0 }), [], {
      label: words.store.seeResult,
      run: () => {
        location.hash = hashOf("Evaluate");
      },
    });
  };

  return {
    settings: DEFAULT_SETTINGS,
    course: NO_COURSE,
    changeSettings: (change) => set(({ settings }) => ({ settings: { ...settings, ...change } })),
    async train() {
      await get().attempt(async () => {
        const [problem] = checkSettings(get().settings);
        if (problem) return get().notify("error", sentence(words.faults, problem));
        requireBase(get());
        await get().runJob({ kind: "train", place: "Train", stop }, run);
      });
    },
  };
}

/** Whether the worker is gone, or about to end itself because its GPU is. */
function isDeath(error: unknown): boolean {
  const code = faultOf(error)?.code;
  return code === "worker/ended" || code === "engine/lost";
}
