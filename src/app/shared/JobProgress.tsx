import { useMemo } from "react";
import type { Place } from "../places.ts";
import type { Task } from "../store/job-rules.ts";
import { type Job, milestoneOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import controls from "./controls.module.css";
import styles from "./JobProgress.module.css";
import { useHandOver } from "./useHandOver.ts";

interface JobProgressProps {
  readonly job: Job;
  /** Accessible name of the line, when it is a status of its own. */
  readonly statusName?: string;
}

interface JobsOfProps {
  readonly tasks: readonly Task[];
  /** Only those that were begun there; the navigation shows the others. */
  readonly place?: Place;
}

/** All jobs of some kinds, each on a line of its own. */
export function JobsOf({ tasks, place }: JobsOfProps) {
  const jobs = useStore((state) => state.jobs);
  const shown = jobs.filter((job) => tasks.includes(job.task) && (place === undefined || job.place === place));
  if (shown.length === 0) return null;
  return (
    <div className={styles.list}>
      {shown.map((job) => (
        <JobProgress key={job.id} job={job} />
      ))}
    </div>
  );
}

/** A job wherever it is shown: how far it is, one line, and a way to cancel it. */
export function JobProgress({ job, statusName }: JobProgressProps) {
  const cancelJob = useStore((state) => state.cancelJob);
  const line = words.jobs.line(job);
  const button = useHandOver<HTMLButtonElement>(
    (own) => own.closest<HTMLElement>("[tabindex='-1']") ?? document.querySelector<HTMLElement>("main h1"),
  );
  return (
    <div className={styles.job}>
      {job.waitsFor ? null : <JobBar job={job} />}
      <p className={controls.quiet}>{line}</p>
      {statusName ? <Milestones job={job} name={statusName} /> : null}
      <button
        ref={button}
        type="button"
        className={controls.button}
        aria-label={statusName ? undefined : words.jobs.endNamed(job.task, words.jobs.name(job.kind))}
        // Disabled, it would lose the focus.
        aria-disabled={job.stopping || undefined}
        onClick={() => !job.stopping && cancelJob(job.id)}
      >
        {words.jobs.end(job.task)}
      </button>
    </div>
  );
}

/** Says the line aloud when the work begins, at each quarter of it, and when it turns to something else. */
function Milestones({ job, name }: { job: Job; name: string }) {
  const milestone = milestoneOf(job);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes between two milestones is not said
  const line = useMemo(() => words.jobs.line(job), [milestone]);
  return (
    <p role="status" aria-label={name} className={controls.hidden}>
      {line}
    </p>
  );
}

export function JobBar({ job: { kind, progress } }: { job: Job }) {
  const total = progress?.total ?? null;
  return (
    <progress
      aria-label={words.jobs.name(kind)}
      max={total ?? 1}
      value={progress && total !== null ? progress.done : undefined}
    />
  );
}
