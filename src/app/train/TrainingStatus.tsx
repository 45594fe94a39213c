import controls from "../shared/controls.module.css";
import { JobBar } from "../shared/JobProgress.tsx";
import { type Job, trainingIn } from "../store/jobs.ts";
import { runInUse } from "../store/runs.ts";
import { type State, useStore } from "../store/store.ts";
import { words } from "../words/words.ts";

/** What training is doing, live, and at the end why it stopped. */
export function TrainingStatus() {
  const job = useStore((state) => trainingIn(state.jobs));
  const status = useStore((state) => (job ? during(job, state) : atRest(state)));
  return (
    <p role="status" aria-label={words.train.status}>
      {status}
    </p>
  );
}

/** How far it is. */
export function TrainingBar() {
  const job = useStore((state) => trainingIn(state.jobs));
  const tunes = useStore((state) => (state.course.progress?.tunedFrom ?? null) !== null);
  if (!job) return null;
  return (
    <>
      {job.waitsFor ? null : <JobBar job={job} />}
      {tunes ? <p className={controls.quiet}>{words.train.fineTuning}</p> : null}
    </>
  );
}

function during(job: Job, { course, settings, trainingWith }: State): string {
  if (job.waitsFor) return words.jobs.line(job);
  const { progress } = job;
  if (job.kind === "prepare" || !progress) {
    return progress?.total ? words.jobs.line({ ...job, subject: null }) : words.train.gettingReady;
  }
  if (progress.unit === "folds") return words.train.fold({ fold: progress.done + 1, folds: progress.total ?? 0 });
  if (progress.unit === "epochs-again") return words.train.again({ epoch: progress.done, epochs: progress.total ?? 0 });
  const latest = course.epochs.at(-1);
  return latest && course.progress
    ? words.train.progress(latest, course.progress, (trainingWith ?? settings).patience)
    : words.train.starting;
}

function atRest(state: State): string {
  const run = runInUse(state);
  return run ? words.train.outcome(run.outcome, run.settings.patience) : words.train.notYet;
}
