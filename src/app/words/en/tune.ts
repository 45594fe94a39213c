/** The search for better settings: Train, tab Tune. */
import type { Budget } from "../../../training/search/budgets.ts";
import { count, decimal, list, loss, percent, plural, typed } from "./language.ts";

const others = (tried: number) => plural(tried, { one: "# other setting", other: "# other settings" });
const points = (share: number) => decimal(100 * Math.abs(share), 1);

const END = {
  time: "The time is up.",
  all: "Everything was tried before the time was up.",
  user: "Stopped by you.",
  broken: "The search broke off.",
} as const;

export const tune = {
  title: "Tune",
  explanation:
    "Looks for better settings of the classifier’s head. Each candidate is trained on four fifths of your training and validation photos and tried on the last fifth, in turn. The test photos are not used, and nothing changes until you choose it.",
  time: "Time",
  budget: (seconds: Budget) =>
    seconds < 60
      ? plural(seconds, { one: "# second", other: "# seconds" })
      : plural(seconds / 60, { one: "# minute", other: "# minutes" }),
  /** @param bases other base models in this browser */
  longer: (bases: number) =>
    `One minute or more also tries ${plural(bases, { one: "the other base model in this browser", other: "the # other base models in this browser" })}.`,
  start: "Start tuning",
  status: "Tuning status",
  /** On other pages, when it is over. */
  done: "The search for better settings is over.",
  /** Of the settings that the search begins with. */
  yours: "Your settings",
  baseModel: (name: string) => `Base model ${name}`,
  goneBase: "a base model that is no longer here",
  live: {
    title: "So far",
    trying: "Trying",
    best: "Best so far",
    fold: ({ fold, folds }: { fold: number; folds: number }) => `part ${typed(fold)} of ${typed(folds)}`,
    /** Before any candidate was tried on all parts. */
    none: "not known yet",
    right: (accuracy: number) => `${percent(accuracy)} right`,
  },
  result: {
    title: "What tuning found",
    end: (end: keyof typeof END) => END[end],
    nothing:
      "There was not enough time to try your settings on all photos, so there is nothing to compare. Give it more time.",
    alone: "There was not enough time to try any other settings on all photos. Give it more time.",
    yoursAreBest: ({ accuracy, tried }: { accuracy: number; tried: number }) =>
      `Your settings are already the best: ${percent(accuracy)} of the photos were right, and none of ${others(tried)} did better.`,
    better: ({ gain, accuracy }: { gain: number; accuracy: number }) =>
      `Better settings were found: ${percent(accuracy)} of the photos were right, ${points(gain)} percentage points more than with yours.`,
    /** @param gain share of the photos, which may be 0 or less */
    withinNoise: ({ gain, accuracy }: { gain: number; accuracy: number }) =>
      gain > 0
        ? `Nothing clearly better was found. The best candidate was right for ${percent(accuracy)} of the photos, ${points(gain)} percentage points more than your settings, which is within noise.`
        : `Nothing clearly better was found. The best candidate was right for as many photos as your settings (${percent(accuracy)}), and only surer of them.`,
    interval: ({ low, high, photos }: { low: number; high: number; photos: number }) =>
      `95% interval of the difference: ${decimal(100 * low, 1)} to ${decimal(100 * high, 1)} percentage points, from ${plural(photos, { one: "# photo", other: "# photos" })}.`,
    winner: "Best candidate",
    caution:
      "The best of many candidates always looks a little better than it is. The test photos, which were not used here, tell how good it really is: train, then look at Evaluate.",
    tooSlow: (names: readonly string[]) =>
      `There was no time to prepare your photos for ${list(names)}, so it was not tried.`,
    changed: "Your photos have changed since this search.",
    use: "Use these settings",
    useAndTrain: "Use them and train",
    used: "These are your settings now.",
  },
  tried: {
    title: "Everything that was tried",
    explanation:
      "Candidates that did worse on the first parts were not tried further. Loss: the lower, the surer of the right class.",
    columns: { settings: "Settings", right: "Right", loss: "Loss", parts: "Parts" },
    standing: { complete: "", left: "dropped", waiting: "not finished", failed: "did not converge" },
    percent,
    loss,
    count,
    none: "–",
  },
};
