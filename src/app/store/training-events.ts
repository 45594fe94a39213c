/** What a training tells while it runs, for the page to show. */
import type { EpochResult } from "../../training/history.ts";
import type { TrainEvent } from "../../worker/protocol/index.ts";
import type { Job } from "./jobs.ts";

/** The epochs of the training under way. */
export interface Course {
  readonly epochs: readonly EpochResult[];
  /** null before the first epoch. */
  readonly progress: CourseProgress | null;
}

export interface CourseProgress {
  readonly bestEpoch: number;
  readonly sinceBest: number;
  /** The one that training ends with if nothing stops it before. */
  readonly lastEpoch: number;
  /** The last epoch of the head alone; null until fine-tuning begins. */
  readonly tunedFrom: number | null;
}

export const NO_COURSE: Course = { epochs: [], progress: null };

/** The events that are shown, and not only acted on. */
export type ShownEvent = Extract<TrainEvent, { kind: "preparing" | "fold" | "again" | "fine-tuning" | "epoch" }>;

/** The course of a training that goes on after its worker died. @param history of the checkpoint that it goes on from */
export function courseAt({ progress }: Course, history: readonly EpochResult[]): Course {
  return { epochs: history, progress };
}

/** The course after a batch of events. @param headEpochs most epochs of the head alone */
export function courseAfter(course: Course, batch: readonly ShownEvent[], headEpochs: number): Course {
  let { progress } = course;
  let epochs = course.epochs.slice();
  for (const event of batch) {
    const lastEpoch = progress?.lastEpoch ?? headEpochs;
    const tunedFrom = progress?.tunedFrom ?? null;
    if (event.kind === "epoch") {
      const { epoch } = event.result;
      if (epoch <= (epochs.at(-1)?.epoch ?? 0)) epochs = epochs.filter((before) => before.epoch < epoch);
      epochs.push(event.result);
      progress = { bestEpoch: event.bestEpoch, sinceBest: event.sinceBest, lastEpoch, tunedFrom };
    } else if (event.kind === "fine-tuning") {
      const { bestEpoch = 1, sinceBest = 0 } = progress ?? {};
      progress = { bestEpoch, sinceBest, lastEpoch: event.lastEpoch, tunedFrom: event.headEpochs };
    }
  }
  return { epochs, progress };
}

/** What the job shows after a batch of events. */
export function jobAfter(batch: readonly ShownEvent[], course: Course): Partial<Pick<Job, "kind" | "progress">> {
  const latest = batch.findLast(({ kind }) => kind !== "fine-tuning") ?? batch.at(-1);
  if (!latest) return {};
  if (latest.kind === "preparing") {
    const { done, total, secondsLeft } = latest;
    return { kind: "prepare", progress: { done, total: total || null, unit: "photos", secondsLeft } };
  }
  if (latest.kind === "fold") {
    return {
      kind: "train",
      progress: { done: latest.fold - 1, total: latest.folds, unit: "folds", secondsLeft: null },
    };
  }
  if (latest.kind === "again") {
    const { epoch, epochs } = latest;
    return { kind: "train", progress: { done: epoch, total: epochs, unit: "epochs-again", secondsLeft: null } };
  }
  const total = course.progress?.lastEpoch ?? null;
  return { kind: "train", progress: { done: course.epochs.length, total, unit: "epochs", secondsLeft: null } };
}

/** Hands events on in batches, at a pace that people can follow. */
export function collect<Event>(everyMs: number, show: (batch: readonly Event[]) => void) {
  let batch: Event[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length) show(batch);
    batch = [];
  };
  return {
    flush,
    add(event: Event) {
      batch.push(event);
      timer ??= setTimeout(flush, everyMs);
    },
    drop() {
      clearTimeout(timer);
      batch = [];
    },
  };
}
