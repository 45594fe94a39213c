/** Long work: one list of what is under way, wherever it was begun. */
import { PageError } from "../errors.ts";
import type { Place } from "../places.ts";
import { type JobKind, type Request, type Task, verdictOn, waitsFor } from "./job-rules.ts";
import type { SliceContext } from "./store.ts";

export type JobUnit = "photos" | "files" | "bytes" | "epochs" | "epochs-again" | "folds" | "steps" | "seconds";

export interface JobProgress {
  readonly done: number;
  /** null when it is not known yet. */
  readonly total: number | null;
  readonly unit: JobUnit;
  /** null until it can be told. */
  readonly secondsLeft: number | null;
}

export interface Job {
  readonly id: number;
  /** What it was begun as. */
  readonly task: Task;
  /** What it is now. */
  readonly kind: JobKind;
  /** Where it is shown; from every other place the navigation shows it. */
  readonly place: Place;
  /** What it works on, as the name of a file or a base model; null where there is only one such thing. */
  readonly subject: string | null;
  /** The job that it waits for; null when it runs. */
  readonly waitsFor: Task | null;
  /** null until there is any. */
  readonly progress: JobProgress | null;
  /** Whether its end has been asked for and takes a moment. */
  readonly stopping: boolean;
}

/** What work does with its job. */
export interface JobControl {
  readonly signal: AbortSignal;
  tell(change: Partial<Pick<Job, "kind" | "progress" | "subject">>): void;
}

export interface JobRequest {
  readonly kind: Task;
  readonly place: Place;
  readonly subject?: string;
  /** What Cancel does instead of aborting while the work runs; false aborts after all. */
  readonly stop?: () => boolean;
}

export interface JobsSlice {
  /** Under way or waiting, the oldest first. */
  readonly jobs: readonly Job[];
  /**
   * Runs work as a job, when the rules allow it: at once, or after the jobs that it has to wait for.
   * @throws PageError when the rules refuse it; an `AbortError` when it was cancelled; what the work throws
   */
  runJob<T>(request: JobRequest, work: (control: JobControl) => Promise<T>): Promise<T>;
  cancelJob(id: number): void;
  /** Cancels every job that was begun as one of these, at once. */
  abortJobs(...tasks: readonly Task[]): void;
  /** @throws PageError when the rules refuse a request while the jobs under way run */
  refuseDuringJobs(request: Request): void;
}

interface Running {
  readonly controller: AbortController;
  readonly stop: () => boolean;
  /** Resolves when the job is over, however it ended. */
  readonly over: Promise<void>;
}

export function createJobsSlice({ set, get }: SliceContext): JobsSlice {
  const running = new Map<number, Running>();
  let lastId = 0;

  const change = (id: number, changes: Partial<Job>) =>
    set(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, ...changes } : job)) }));

  /** Waits until no job is in the way: those that were there before, and later ones that would not wait for it in turn. */
  const waitForTurn = async (job: Job, signal: AbortSignal): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      const inTheWay = get().jobs.find((other) => waitsFor(job, other));
      change(job.id, { waitsFor: inTheWay?.task ?? null });
      if (!inTheWay) return;
      await Promise.race([running.get(inTheWay.id)?.over, aborted(signal)]);
    }
  };

  return {
    jobs: [],
    async runJob({ kind, place, subject = null, stop = () => false }, work) {
      get().refuseDuringJobs(kind);
      lastId += 1;
      const id = lastId;
      const controller = new AbortController();
      const { signal } = controller;
      let end = () => {};
      const over = new Promise<void>((resolve) => {
        end = resolve;
      });
      running.set(id, { controller, stop, over });
      const job: Job = { id, task: kind, kind, place, subject, waitsFor: null, progress: null, stopping: false };
      set(({ jobs }) => ({ jobs: [...jobs, job] }));
      try {
        await waitForTurn(job, signal);
        return await work({
          signal,
          tell(changes) {
            if (!signal.aborted && running.has(id)) change(id, changes);
          },
        });
      } finally {
        running.delete(id);
        set(({ jobs }) => ({ jobs: jobs.filter((each) => each.id !== id) }));
        end();
      }
    },
    cancelJob(id) {
      const job = get().jobs.find((each) => each.id === id);
      const work = running.get(id);
      if (!job || !work) return;
      if (job.waitsFor === null && work.stop()) change(id, { stopping: true });
      else work.controller.abort();
    },
    abortJobs(...tasks) {
      for (const { id, task } of get().jobs) if (tasks.includes(task)) running.get(id)?.controller.abort();
    },
    refuseDuringJobs(request) {
      const verdict = verdictOn(request, tasksOf(get().jobs));
      if (verdict.rule === "never") throw new PageError({ code: "job/refused", request, because: verdict.because });
    },
  };
}

/** The training under way, from its first photo prepared to its last one tested; or undefined. */
export function trainingIn(jobs: readonly Job[]): Job | undefined {
  return jobOf(jobs, "train");
}

/** The look through the photos that is under way; or undefined. */
export function lookIn(jobs: readonly Job[]): Job | undefined {
  return jobOf(jobs, "look");
}

/** The oldest that was begun as one of these; or undefined. */
export function jobOf(jobs: readonly Job[], ...tasks: readonly Task[]): Job | undefined {
  return jobs.find(({ task }) => tasks.includes(task));
}

export function tasksOf(jobs: readonly Job[]): Task[] {
  return jobs.map(({ task }) => task);
}

/** Changes when a job turns to something else, and at each quarter of what it does. */
export function milestoneOf({ kind, waitsFor, stopping, progress }: Job): string {
  const quarter = progress?.total ? Math.floor((4 * progress.done) / progress.total) : 0;
  return [kind, waitsFor, stopping, progress?.unit, quarter].join(" ");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
