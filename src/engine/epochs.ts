/** The course of training, whatever is fitted. */
import type { Random } from "../dataset/random.ts";
import { createEarlyStopping, type StoppingSettings } from "../training/early-stopping.ts";
import type { EpochResult, StopReason } from "../training/history.ts";
import type { FitState, Standing } from "./checkpoint.ts";
import { EngineError } from "./errors.ts";
import { unlessLost } from "./lost-device.ts";
import { letOthersIn } from "./turns.ts";

/** What is fitted, an epoch at a time. */
export interface Fit {
  /** Fits all training photos once and measures. @param epoch 1-based */
  epoch(epoch: number): Promise<EpochResult>;
  /** The weights of now are the best so far. */
  keepBest(): void;
  /** Where it stands, as the last epoch read it back; asked for only where there is an `onCheckpoint`. */
  state(): FitState;
  /** Whether more epochs would change nothing; asked after each. Where it is left out, they always may. */
  hasConverged?(): boolean;
}

/** What whoever asks for training gives and hears. */
export interface TrainingControl<Checkpoint> {
  /** Orders the photos, draws views and dropout. When training is resumed it is brought to the checkpoint's state. */
  readonly random: Random;
  /** Called after each epoch, before `onEpoch`. Without it nothing is read back but the measurements. */
  readonly onCheckpoint?: ((checkpoint: Checkpoint) => void) | undefined;
  /** Where to go on, with the same photos and settings; from the start when left out. */
  readonly resume?: Checkpoint | undefined;
  onEpoch(result: EpochResult, bestEpoch: number, sinceBest: number): void;
  /** Asked after each epoch, and more often when fine-tuning; true ends training and keeps the best so far. */
  shouldStop(): boolean;
  readonly signal: AbortSignal;
}

export interface Course extends Pick<TrainingControl<unknown>, "random" | "onEpoch" | "shouldStop" | "signal"> {
  readonly phase: "head" | "fine-tune";
  readonly start: Standing;
  readonly lastEpoch: number;
  readonly settings: StoppingSettings;
  readonly onCheckpoint: ((checkpoint: Standing & { readonly fit: FitState }) => void) | undefined;
}

export interface CourseEnd {
  readonly reason: StopReason;
  readonly bestEpoch: number;
  /** From the very first epoch on. */
  readonly history: readonly EpochResult[];
}

/**
 * Runs epochs until the last one, early stopping, the user or the fit itself ends them. The very first epoch is kept as the best until a
 * better one comes, even when its validation loss is no number.
 *
 * @throws EngineError when the training loss is no number or the GPU is lost; AbortError when the signal aborts
 */
export async function runEpochs(fit: Fit, course: Course): Promise<CourseEnd> {
  const { start, random, signal } = course;
  const stopping = createEarlyStopping(course.settings, start.stopping);
  const history = [...start.history];
  const end = (reason: StopReason): CourseEnd => ({ reason, bestEpoch: stopping.memory().bestEpoch, history });
  random.restore(start.random);
  for (let epoch = start.epoch + 1; epoch <= course.lastEpoch; epoch++) {
    if (stopping.after(epoch - 1).shouldStop) return end("early");
    const result = await unlessLost(() => fit.epoch(epoch));
    signal.throwIfAborted();
    if (!Number.isFinite(result.trainLoss)) throw new EngineError({ code: "engine/diverged", phase: course.phase });
    history.push(result);
    const state = stopping.update(result);
    if (state.improved || epoch === 1) fit.keepBest();
    course.onCheckpoint?.({
      epoch,
      history: [...history],
      stopping: stopping.memory(),
      random: random.state(),
      fit: fit.state(),
    });
    course.onEpoch(result, state.bestEpoch, state.sinceBest);
    await letOthersIn();
    signal.throwIfAborted();
    if (course.shouldStop()) return end("user");
    if (fit.hasConverged?.()) return end("converged");
  }
  return end(stopping.after(history.at(-1)?.epoch ?? 0).shouldStop ? "early" : "finished");
}
