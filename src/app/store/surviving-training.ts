/** A training that outlives its worker: when one dies, it goes on in the next from the last epoch. */
import type { Prediction } from "../../evaluation/report.ts";
import type { Headstart, TrainEvent, Trained, TrainingCheckpoint, TrainRequest } from "../../worker/protocol/index.ts";
import { isWorkerGone, PageError } from "../errors.ts";

/** Deaths of the worker in a row that a training survives without getting any further in between. */
const MOST_DEATHS = 3;

export type ToldEvent = Exclude<TrainEvent, { kind: "checkpoint" | "fold-over" }>;

export interface Survival {
  readonly headstart: Pick<Headstart, "train" | "stopTraining">;
  readonly request: Omit<TrainRequest, "resume">;
  readonly signal: AbortSignal;
  onEvent(event: ToldEvent): void;
  /** The worker died; the training goes on by itself. @param from the checkpoint that it goes on from; null for the start */
  onDeath(error: unknown, from: TrainingCheckpoint | null): void;
}

export interface SurvivingTraining {
  /**
   * @throws PageError `training/given-up` when workers die again and again; an `AbortError` when the signal aborts, also
   *   while there is no worker; what the training throws
   */
  run(): Promise<Trained>;
  /** Ends it after the epoch under way, whatever becomes of the worker; null before the first epoch, with nothing to keep. */
  stop(): Promise<void> | null;
}

export function survivingTraining({ headstart, request, signal, onEvent, onDeath }: Survival): SurvivingTraining {
  let checkpoint: TrainingCheckpoint | null = null;
  let folds: readonly (readonly Prediction[])[] = [];
  let spentMs = 0;
  let { known } = request;
  let deaths = 0;
  let stopped = false;
  /** Whether an epoch is done, of which something can be kept. A head that is solved has no checkpoints. */
  let hasEpochs = false;
  /** Most photos prepared, of each number that there were to prepare. */
  const prepared = new Map<number, number>();

  const gotFurther = (event: TrainEvent): boolean => {
    if (event.kind !== "preparing") return event.kind === "checkpoint" || event.kind === "fold-over";
    const { done, total } = event;
    const before = prepared.get(total);
    prepared.set(total, Math.max(done, before ?? 0));
    return before !== undefined && done > before;
  };

  const hear = (event: TrainEvent) => {
    if (gotFurther(event)) deaths = 0;
    if (event.kind === "checkpoint") {
      checkpoint = following(checkpoint, event.checkpoint);
      spentMs = checkpoint.spentMs;
    } else if (event.kind === "fold-over") {
      folds = [...folds, event.predictions];
      spentMs = event.spentMs;
    } else {
      if (event.kind === "groups") known = event;
      if (event.kind === "epoch") hasEpochs = true;
      onEvent(event);
    }
  };

  const brokenOff = (): TrainRequest["resume"] =>
    checkpoint || folds.length > 0 ? { folds, fit: checkpoint?.fit ?? null, spentMs } : null;

  const tellStop = () =>
    headstart.stopTraining().catch((error: unknown) => {
      // The next worker is told.
      if (!isWorkerGone(error)) throw error;
    });

  /** What a dead worker has sent may still arrive when the next one is at work: it counts no more. */
  const attempt = async (): Promise<Trained> => {
    let over = false;
    let begun = false;
    const onOwnEvent = (event: TrainEvent) => {
      if (over || signal.aborted) return;
      if (!begun && stopped) void tellStop();
      begun = true;
      hear(event);
    };
    try {
      return await headstart.train({ ...request, known, resume: brokenOff() }, onOwnEvent, signal);
    } finally {
      over = true;
    }
  };

  return {
    async run() {
      for (;;) {
        try {
          return await attempt();
        } catch (error) {
          signal.throwIfAborted();
          if (!isWorkerGone(error)) throw error;
          deaths += 1;
          if (deaths > MOST_DEATHS) throw new PageError({ code: "training/given-up", deaths }, { cause: error });
          onDeath(error, checkpoint);
        }
      }
    },
    stop() {
      if (!checkpoint && !hasEpochs) return null;
      stopped = true;
      return tellStop();
    },
  };
}

/** A checkpoint with all epochs. @param next has those since the last */
function following(last: TrainingCheckpoint | null, next: TrainingCheckpoint): TrainingCheckpoint {
  const [first] = next.fit.history;
  const before = last?.fit.history.filter(({ epoch }) => !first || epoch < first.epoch) ?? [];
  return { ...next, fit: { ...next.fit, history: [...before, ...next.fit.history] } };
}
