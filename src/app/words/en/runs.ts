/** The list of runs: Train, tab Runs. */
import { count, dateTime, decimal, percent, typed } from "./language.ts";

export const runs = {
  title: "Runs",
  none: "Each training is kept here as a run, with its settings and its result. There is none yet.",
  explanation:
    "The latest first. Photos: for training, validation and testing. The validation photos decided when to stop, so only the test score is fair. Runs are deleted from the oldest on when there are more than 50 or when fine-tuned ones take more than 30 MB; pinned ones stay.",
  columns: {
    choose: "Compare",
    run: "Run",
    baseModel: "Base model",
    changes: "Differs from the one above",
    photos: "Photos",
    validation: "Validation",
    test: "Test",
    duration: "Duration",
    note: "Note",
    actions: "Actions",
  },
  /** “Run 3” */
  name: (number: number) => `Run ${typed(number)}`,
  dateTime,
  /** Of the first row: what was changed of the settings that training begins with. */
  changedSettings: (changes: string) => `Changed settings: ${changes}`,
  asTheyCome: "Default settings",
  nothing: "Nothing",
  photos: ({ train, validation, test }: { train: number; validation: number; test: number }) =>
    `${count(train)} + ${count(validation)} + ${count(test)}`,
  range: ({ low, high }: { low: number; high: number }) => `${percent(low)} to ${percent(high)}`,
  macroF1: (value: number) => `Macro F1 ${percent(value)}`,
  /** For what is not known. */
  unknown: "–",
  duration: (seconds: number) =>
    seconds < 60
      ? `${decimal(seconds, seconds < 1 ? 2 : 1)} s`
      : `${typed(Math.floor(Math.round(seconds) / 60))} min ${typed(Math.round(seconds) % 60)} s`,
  evaluate: "Evaluate",
  use: "Use",
  inUse: "In use",
  pin: "Pin",
  pinned: "Pinned",
  more: "More",
  export: "Export",
  further: "Train further",
  furtherHint:
    "Begins with this run’s classifier and its settings, on the photos of today. Its test photos stay test photos.",
  repeat: "Repeat exactly",
  repeatHint: "The same photos, settings, seed and backend give the same numbers.",
  /** @param number of the run that it went on from */
  startedFrom: (number: number) => `Went on from run ${typed(number)}`,
  startedFromGone: "Went on from a run that is gone",
  repeated: ({ number, as, same }: { number: number; as: number; same: boolean }) =>
    same
      ? `Run ${typed(as)} repeats run ${typed(number)} with the same numbers.`
      : `Run ${typed(as)} repeats run ${typed(number)}, but not with the same numbers: another version of this app or another machine may compute a little differently.`,
  delete: "Delete",
  mayNotDelete: "Its classifier is in use. Use another run first.",
  notKept: "Its classifier was not kept.",
  /** @param action as “Use” or “Delete”. “Delete: run 3” */
  named: ({ action, number }: { action: string; number: number }) => `${action}: run ${typed(number)}`,
};
