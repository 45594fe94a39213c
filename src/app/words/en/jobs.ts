/** Long work: the line that says what it does, and why something cannot run beside it. */
import type { JobKind, Request, Task } from "../../store/job-rules.ts";
import type { Job, JobProgress, JobUnit } from "../../store/jobs.ts";
import { bytes, count, duration, files, photos, wholePercent } from "./language.ts";
import { shared } from "./shared.ts";
import { train } from "./train.ts";

/** Accessible names of the progress bars. */
const NAMES: Readonly<Record<JobKind, string>> = {
  import: "Adding photos",
  prepare: "Preparing photos",
  unpack: "Unpacking",
  train: "Training",
  tune: "Tuning",
  parts: "Training on parts of your photos",
  look: "Looking through photos",
  classify: "Classifying photos",
  export: "Saving a model",
  save: "Saving a file",
  open: "Opening a project",
  download: "Downloading",
  "read-model": "Reading a model",
};

/** What is refused, as the beginning of a sentence that goes on with why. */
const REFUSED: Readonly<Record<Request, string>> = {
  import: "Photos cannot be added now",
  train: "Training cannot start now",
  tune: "Tuning cannot start now",
  parts: "Whether more photos would help cannot be worked out now",
  look: "Headstart cannot look through your photos now",
  classify: "Photos cannot be classified now",
  export: "The model cannot be saved now",
  save: "The file cannot be saved now",
  open: "The project cannot be opened now",
  download: "This model cannot be added now",
  switch: "This project cannot be left now",
  undo: "Nothing can be undone or redone now",
  "delete-base": "The base model cannot be deleted now",
  update: "The new version cannot be used yet",
};

/** What goes on, as the end of such a sentence. */
const UNDER_WAY: Readonly<Record<Task, string>> = {
  import: "photos are being added",
  train: "a training is under way",
  tune: "a search for better settings is under way",
  parts: "Headstart is working out whether more photos would help",
  look: "Headstart is looking through your photos",
  classify: "photos are being classified",
  export: "a model is being saved",
  save: "a file is being saved",
  open: "a project is being opened",
  download: "another model is being added",
};

const WAITS: Readonly<Record<Task, string>> = {
  import: "waiting for the photos that are being added",
  train: "waiting for the training",
  tune: "waiting for the search for better settings",
  parts: "waiting until it is worked out whether more photos would help",
  look: "waiting for the look through your photos",
  classify: "waiting for the photos that are being classified",
  export: "waiting for the model that is being saved",
  save: "waiting for the file that is being saved",
  open: "waiting for the project that is being opened",
  download: "waiting for the download",
};

const OF_UNIT: Readonly<Record<Exclude<JobUnit, "photos" | "files">, (done: string, total: string) => string>> = {
  bytes: (done, total) => `${done} of ${total}`,
  epochs: (done, total) => `epoch ${done} of ${total}`,
  "epochs-again": (done, total) => `fitting again, epoch ${done} of ${total}`,
  folds: (done, total) => `fold ${done} of ${total}`,
  steps: (done, total) => `step ${done} of ${total}`,
  seconds: (done, total) => `${done} of ${total} s`,
};

const amount = (value: number, unit: JobUnit) => (unit === "bytes" ? bytes(value) : count(value));

function farOf(at: number, total: number, unit: JobUnit): string {
  if (unit === "photos") return `${count(at)} of ${photos(total)}`;
  if (unit === "files") return `${count(at)} of ${files(total)}`;
  return OF_UNIT[unit](amount(at, unit), amount(total, unit));
}

function progress({ done, total, unit, secondsLeft }: JobProgress): string {
  if (total === null) return done ? amount(done, unit) : "";
  // Epochs are counted when they end, folds and steps while they last.
  const at = unit === "folds" || unit === "steps" ? Math.min(done + 1, total) : done;
  const far = farOf(at, total, unit);
  return secondsLeft === null || done >= total ? far : `${far}, ${duration(secondsLeft)} left`;
}

const unpacking = (file: string, { done, total }: JobProgress) =>
  `Unpacking ${file}: ${wholePercent(total ? done / total : 0)}`;

const keepsWhatIsDone = (task: Task) => task === "train" || task === "tune";

export const jobs = {
  name: (kind: JobKind) => NAMES[kind],
  /** One line that says what the job does and how far it is. */
  line: ({ kind, subject, waitsFor, progress: far, stopping }: Job) => {
    if (kind === "unpack" && subject && far && !stopping) return unpacking(subject, far);
    const what = subject ? `${NAMES[kind]} (${subject})` : NAMES[kind];
    if (stopping) return `${what}: stopping …`;
    if (waitsFor) return `${what}: ${WAITS[waitsFor]}`;
    const text = far ? progress(far) : "";
    return text ? `${what}: ${text}` : `${what} …`;
  },
  /** Accessible name of the list of what runs at other places. */
  list: "Under way",
  /** The button that ends a job: a training keeps its best epoch, a search what it has found; all others leave nothing. */
  end: (task: Task) => (keepsWhatIsDone(task) ? train.stop : shared.cancel),
  /** @param name of the job that it ends */
  endNamed: (task: Task, name: string) => `${jobs.end(task)}: ${name}`,
  refused: ({ request, because }: { readonly request: Request; readonly because: Task }) =>
    `${REFUSED[request]}: ${UNDER_WAY[because]}. Wait until that has finished, or ${keepsWhatIsDone(because) ? "stop" : "cancel"} it first.`,
};
