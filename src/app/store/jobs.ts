/** Long work: one list of what is under way, wherever it was begun. */
import { PageError } from "../errors.ts";
import type { Place } from "../places.ts";
import { type JobKind, type Request, verdictOn } from "./job-rules.ts";
import type { SliceContext } from "./store.ts";

export type JobUnit = "photos" | "files" | "bytes" | "epochs" | "folds" | "steps";

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
  /** A training or a look is a `prepare` while it prepares photos. */
  readonly kind: JobKind;
  /** Where it is shown; from every other place the navigation shows it. */
  readonly place: Place;
  /** What it works on, as the name of a file or a base model; null where there is only one such thing. */
  readonly subject: string | null;
  /** The job that it waits for; null when it runs. */
  readonly waitsFor: JobKind | null;
  /** null until there is any. */
  readonly progress: JobProgress | null;
  /** Whether its end has been asked for and takes a moment. */
  readonly stopping: boolean;
}

/** What work does with its job. */
export interface JobControl {
  readonly signal: AbortSignal;
  tell(change: Partial<Pick<Job, "kind" | "progress">>): void;
}

export interface JobRequest {
  readonly kind: JobKind;
  readonly place: Place;
  readonly subject?: string;
  /** What Cancel does instead of aborting; false aborts after all. */
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
  /** Cancels every job of these kinds, at once. */
  abortJobs(...kinds: readonly JobKind[]): void;
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

  /** Waits until no earlier job is in the way. */
  const waitForTurn = async (id: number, kind: JobKind, signal: AbortSignal): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      const before = get().jobs.filter((job) => job.id < id);
      const verdict = verdictOn(kind, kindsOf(before));
      if (verdict.rule !== "after") return change(id, { waitsFor: null });
      change(id, { waitsFor: verdict.because });
      const inTheWay = before.find((job) => job.kind === verdict.because);
      await Promise.race([running.get(inTheWay?.id ?? -1)?.over, aborted(signal)]);
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
      const { promise: over, resolve: end } = Promise.withResolvers<void>();
      running.set(id, { controller, stop, over });
      const job: Job = { id, kind, place, subject, waitsFor: null, progress: null, stopping: false };
      set(({ jobs }) => ({ jobs: [...jobs, job] }));
      try {
        await waitForTurn(id, kind, signal);
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
      const job = running.get(id);
      if (!job) return;
      if (job.stop()) change(id, { stopping: true });
      else job.controller.abort();
    },
    abortJobs(...kinds) {
      for (const job of get().jobs) if (kinds.includes(job.kind)) running.get(job.id)?.controller.abort();
    },
    refuseDuringJobs(request) {
      const verdict = verdictOn(request, kindsOf(get().jobs));
      if (verdict.rule === "never") throw new PageError({ code: "job/refused", request, because: verdict.because });
    },
  };
}

/** The training under way, from its first photo prepared to its last one tested; or undefined. */
export function trainingIn(jobs: readonly Job[]): Job | undefined {
  return jobs.find(({ kind, place }) => kind === "train" || (kind === "prepare" && place === "Train"));
}

/** The look through the photos that is under way; or undefined. */
export function lookIn(jobs: readonly Job[]): Job | undefined {
  return jobs.find(({ kind, place }) => kind === "look" || (kind === "prepare" && place === "Data"));
}

export function jobOf(jobs: readonly Job[], ...kinds: readonly JobKind[]): Job | undefined {
  return jobs.find(({ kind }) => kinds.includes(kind));
}

function kindsOf(jobs: readonly Job[]): JobKind[] {
  return jobs.map(({ kind }) => kind);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
