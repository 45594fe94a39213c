/** The report of a run as a file of its own. */
import { count, dateTime, list, percent, photos, plural, typed } from "./language.ts";

interface Size {
  readonly height: number;
  readonly width: number;
}

export const report = {
  /** Of the file's text, BCP 47. */
  language: "en",
  download: "Download report",
  json: "Download as JSON",
  hint: "One page with everything on it, to keep, print or send. It has no photos in it.",
  fileName: (project: string) => `${project} report`,
  title: (project: string) => `${project}: how good the classifier is`,
  lead: (version: string, at: string) =>
    `Made with Headstart ${version} on ${dateTime(at)}. Laid out after “Model Cards for Model Reporting” (Mitchell et al. 2019).`,
  details: {
    heading: "The model",
    table: "What it is",
    columns: { what: "What", value: "Value" },
    project: "Project",
    run: "Run",
    runNumber: typed,
    trained: "Trained on",
    classes: "Classes",
    classNames: (names: readonly string[]) => `${count(names.length)}: ${list(names)}`,
    base: "Base model",
    input: "Input",
    size: ({ height, width }: Size) => `${typed(width)} × ${typed(height)} pixels, in colour`,
    parameters: "Parameters",
    backend: "Calculated with",
    duration: "Duration",
    seconds: (ms: number) => `${count(Math.round(ms / 1000))} s`,
    seed: "Seed",
    versions: "Versions",
    note: "Note",
  },
  use: {
    heading: "What it is for",
    intended: (names: readonly string[]) =>
      `It tells apart photos of ${list(names)}. Every photo is called one of these, also a photo that shows none of them.`,
    limits:
      "It was tested on photos that were set aside from the same collection. On photos taken in other places, with other cameras or at other times, it may do worse. Nobody has tested whether it treats groups of people alike: do not let it decide about people without such a test.",
  },
  data: {
    heading: "The photos",
    table: "Photos of each class in each part",
    columns: { className: "Class", train: "Training", validation: "Validation", test: "Test" },
    total: "All classes",
    drawn:
      "The parts are drawn from the seed unless the photos’ folders, or their owner, fix them. Photos that are nearly the same stay in one part.",
    folds: (folds: number) =>
      `With cross-validation in ${count(folds)} parts, every photo was tested once, by a classifier that had not seen it.`,
    unread: (value: number) => `${photos(value)} could not be read and took no part.`,
  },
  settings: { heading: "Settings", table: "Settings of the training", columns: { setting: "Setting", value: "Value" } },
  training: {
    heading: "Training",
    loss: "Loss",
    accuracy: "Accuracy",
    epoch: "Epoch",
    trainLine: "Training photos",
    validationLine: "Validation photos",
  },
  metrics: {
    heading: { test: "Metrics on the test photos", validation: "Metrics on the validation photos" },
    valueWithInterval: (value: string, interval: string) => `${value} (${interval})`,
  },
  matrix: {
    heading: { test: "Confusion matrix, test photos", validation: "Confusion matrix, validation photos" },
    table: "True classes in rows, predicted classes in columns",
    tooMany: (shown: number, all: number) =>
      `With so many classes the matrix is not drawn: these are ${count(shown)} of ${count(all)} confusions, the most frequent ones. All are in the JSON.`,
    confusions: "Most confused",
    columns: { actual: "True class", predicted: "Called", photos: "Photos" },
  },
  curves: { heading: "Curves and confidence, test photos" },
  weaknesses: {
    heading: "Known weaknesses",
    none: "None was found in these photos. That says little when there are few of them.",
    small: ({ tested, low, high }: { tested: number; low: number; high: number }) =>
      `It was tested on ${plural(tested, { one: "# photo", other: "# photos" })} only: its accuracy on new photos like these may be anywhere from ${percent(low)} to ${percent(high)}.`,
    untested: (names: readonly string[]) => `Not tested at all: ${list(names)}.`,
    recall: ({ name, recall, support }: { name: string; recall: number; support: number }) =>
      `Of ${photos(support)} of ${name}, it found ${percent(recall)}.`,
    confused: ({ photos: value, actual, predicted }: { photos: number; actual: string; predicted: string }) =>
      `${photos(value)} of ${actual} called ${predicted}.`,
    tooSure: ({ confidence, accuracy }: { confidence: number; accuracy: number }) =>
      `It is too sure of itself: on average it is ${percent(confidence)} sure and right in ${percent(accuracy)} of cases.`,
  },
};
