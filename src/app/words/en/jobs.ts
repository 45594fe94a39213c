/** Long work: the line that says what it does, and why something cannot run beside it. */
import type { JobKind, Request } from "../../store/job-rules.ts";
import type { Job, JobProgress, JobUnit } from "../../store/jobs.ts";
import { bytes, count, duration } from "./language.ts";

/** Accessible names of the progress bars. */
const NAMES: Readonly<Record<JobKind, string>> = {
  import: "Adding photos",
  prepare: "Preparing photos",
  train: "Training",
  look: "Looking through photos",
  export: "Saving a file",
  open: "Opening a project",
  download: "Downloading",
};

/** What is refused, as the beginning of a sentence. */
const REFUSED: Readonly<Record<Request, string>> = {
  import: "Photos cannot be added",
  prepare: "Photos cannot be prepared",
  train: "Training cannot start",
  look: "The look through your photos cannot start",
  export: "The file cannot be saved",
  open: "A project cannot be opened",
  download: "A base model cannot be downloaded",
  switch: "Another project cannot be opened or started",
  undo: "Nothing can be undone or redone",
};

/** Because of what, as its end. */
const WHILE: Readonly<Record<JobKind, string>> = {
  import: "while photos are being added",
  prepare: "while photos are being prepared",
  train: "during training",
  look: "while Headstart is looking through your photos",
  export: "while a file is being saved",
  open: "while a project is being opened",
  download: "while a base model is being downloaded",
};

const WAITS: Readonly<Record<JobKind, string>> = {
  import: "Waiting for the photos that are being added",
  prepare: "Waiting for the photos that are being prepared",
  train: "Waiting for the training",
  look: "Waiting for the look through your photos",
  export: "Waiting for the file that is being saved",
  open: "Waiting for the project that is being opened",
  download: "Waiting for the download",
};

const OF_UNIT: Readonly<Record<JobUnit, (done: string, total: string) => string>> = {
  photos: (done, total) => `${done} of ${total} photos`,
  files: (done, total) => `${done} of ${total} files`,
  bytes: (done, total) => `${done} of ${total}`,
  epochs: (done, total) => `epoch ${done} of ${total}`,
  folds: (done, total) => `fold ${done} of ${total}`,
  steps: (done, total) => `step ${done} of ${total}`,
};

const amount = (value: number, unit: JobUnit) => (unit === "bytes" ? bytes(value) : count(value));

function progress({ done, total, unit, secondsLeft }: JobProgress): string {
  if (total === null) return done ? amount(done, unit) : "";
  // Epochs are counted when they end, folds and steps while they last.
  const at = unit === "folds" || unit === "steps" ? Math.min(done + 1, total) : done;
  const far = OF_UNIT[unit](amount(at, unit), amount(total, unit));
  return secondsLeft === null || done >= total ? far : `${far}, ${duration(secondsLeft)} left`;
}

export const jobs = {
  name: (kind: JobKind) => NAMES[kind],
  /** One line that says what the job does and how far it is. */
  line: ({ kind, subject, waitsFor, progress: far, stopping }: Job) => {
    if (stopping) return "Stopping …";
    if (waitsFor) return `${WAITS[waitsFor]} …`;
    const what = subject ? `${NAMES[kind]} (${subject})` : NAMES[kind];
    const text = far ? progress(far) : "";
    return text ? `${what}: ${text}` : `${what} …`;
  },
  /** Accessible name of the list of what runs at other places. */
  list: "Under way",
  /** @param line of the job that it ends */
  cancelNamed: (line: string) => `Cancel: ${line}`,
  refused: ({ request, because }: { readonly request: Request; readonly because: JobKind }) =>
    `${REFUSED[request]} ${WHILE[because]}. Wait until that has finished, or cancel it first.`,
};
