/** The Train place, apart from its settings. */
import type { EpochResult, Solved, TrainingOutcome } from "../../../training/history.ts";
import type { Progress } from "../../../training/progress.ts";
import { base } from "./base.ts";
import { compare } from "./compare.ts";
import { curveMeaning } from "./curves.ts";
import { count, loss, percent, plural, typed } from "./language.ts";
import { runs } from "./runs.ts";
import { tune } from "./tune.ts";

/** “7 epochs” */
function epochsLong(value: number): string {
  return `${typed(value)} ${plural(value, { one: "epoch", other: "epochs" })}`;
}

const CHOSEN_BY: Readonly<Record<Solved["chosenBy"], string>> = {
  setting: "as it was set",
  "cross-validation": "by cross-validation",
  validation: "by the validation photos",
  nothing: "as is usual, with no photos to choose it by",
};

export const train = {
  title: "Train",
  tabs: { label: "Views of Train", train: "Train", runs: "Runs", tune: "Tune" },
  addPhotos: "Add photos",
  seeResult: "See how good it is",
  start: "Train",
  stop: "Stop",
  stopping: "Stopping …",
  action: "Training",
  status: "Training status",
  notYet: "Not trained yet",
  gettingReady: "Getting ready …",
  starting: "Training …",
  /** “Epoch 7 of 100, validation loss 0.1234, best epoch 5, patience 2 of 10” */
  progress: ({ epoch, validationLoss }: EpochResult, { bestEpoch, sinceBest, lastEpoch }: Progress, patience: number) =>
    `Epoch ${typed(epoch)} of ${typed(lastEpoch)}, validation loss ${loss(validationLoss)}, best epoch ${typed(bestEpoch)}, patience ${typed(sinceBest)} of ${typed(patience)}`,

  /** Why training stopped, and what was kept. */
  outcome({ reason, epochs, bestEpoch }: Omit<TrainingOutcome, "history">, patience: number): string {
    const kept = `kept epoch ${typed(bestEpoch)}`;
    switch (reason) {
      case "early":
        return `Stopped early at epoch ${typed(epochs)}: no improvement for ${epochsLong(patience)}; ${kept}`;
      case "finished":
        return `Finished ${epochsLong(epochs)}; ${kept}`;
      case "converged":
        return `Converged at epoch ${typed(epochs)}; ${kept}`;
      case "user":
        return `Stopped by you; ${kept}`;
    }
  },
  /** After training: what came of it, and what to do next. */
  result: {
    label: "Result",
    done: ({ right, tested }: { right: number; tested: number }) =>
      `Done: ${count(right)} of ${plural(tested, { one: "# test photo", other: "# test photos" })} right`,
    /** How the head came about; null where the settings say it all. */
    fitted: ({ solved, fittedAgainTo }: Pick<TrainingOutcome, "solved" | "fittedAgainTo">) => {
      const before = "The validation photos’ loss and accuracy are from before that.";
      const again = fittedAgainTo && plural(fittedAgainTo, { one: "to # photo", other: "to all # photos" });
      if (!solved) return again ? `Fitted again ${again}. ${before}` : null;
      const penalty = `Logistic regression, L2 ${typed(Number(solved.l2.toPrecision(2)))} ${CHOSEN_BY[solved.chosenBy]}`;
      return again ? `${penalty}; fitted again ${again}. ${before}` : `${penalty}.`;
    },
    interval: ({ low, high }: { low: number; high: number }) =>
      `For photos like these, expect ${percent(low)} to ${percent(high)} right (95% interval).`,
    wide: "With so few test photos this range is wide. Add more photos to narrow it.",
    untested: "Done: nothing was tested",
    /** Of the photos that decided when to stop; null without any. */
    withoutTest: ({ accuracy, photos }: { accuracy: number; photos: number } | { accuracy: null; photos: 0 }) =>
      accuracy === null
        ? "No photo was set aside for testing, so how good it is on new photos is not known."
        : `No photo was set aside for testing, so how good it is on new photos is not known. Of the ${plural(photos, { one: "# validation photo", other: "# validation photos" })}, which decided when to stop, ${percent(accuracy)} were right; new photos usually do somewhat worse.`,
    next: "What next",
    evaluate: "See the details",
    use: "Use with the camera",
    export: "Export",
  },
  /** Where the button is, when a setting that is out of its range is in a fold. */
  settingProblem: "A setting needs correcting before training can start.",
  fold: ({ fold, folds }: { fold: number; folds: number }) => `Cross-validation: fold ${fold} of ${folds}`,
  again: ({ epoch, epochs }: { epoch: number; epochs: number }) =>
    `Fitting again to training and validation photos together: epoch ${typed(epoch)} of ${typed(epochs)}`,
  fineTuning: "Fine-tuning: the last blocks of the base model learn too.",

  course: {
    title: "Training progress",
    /** @param why a sentence */
    withoutCharts: (why: string) => `${why} Training works without the charts.`,
    loss: "Loss",
    accuracy: "Accuracy",
    lowerIsBetter: "lower is better",
    higherIsBetter: "higher is better",
    training: "training",
    validation: "validation",
    fineTuning: "fine-tuning",
    best: (epoch: number) => `best epoch ${count(epoch)}`,
    empty: "Loss and accuracy appear here during training, for the training photos and for the validation photos.",
    meaning: curveMeaning,
    numbers: "The numbers",
    columns: {
      epoch: "Epoch",
      trainLoss: "Training loss",
      validationLoss: "Validation loss",
      trainAccuracy: "Training accuracy",
      validationAccuracy: "Validation accuracy",
      learningRate: "Learning rate",
    },
    earlier: "Earlier epochs",
    later: "Later epochs",
    rows: ({ first, last, all }: { first: number; last: number; all: number }) =>
      `Epochs ${count(first)} to ${count(last)} of ${count(all)}`,
    facts: {
      learningRate: "Learning rate",
      bestEpoch: "Best epoch",
      patienceLeft: "Patience left",
      left: ({ left, patience }: { left: number; patience: number }) => `${typed(left)} of ${epochsLong(patience)}`,
      end: "End",
    },
    epoch: (epoch: number) => `Epoch ${count(epoch)}`,
  },

  /** How charts are looked at, and their way into files. */
  chart: {
    options: "Chart options",
    log: "Logarithmic loss axis",
    smoothing: "Smoothing",
    from: "From epoch",
    to: "To epoch",
    allEpochs: "All epochs",
    drag: "Dragging over a chart shows the epochs that were dragged over. The names above a chart hide its curves and bring them back.",
    picture: "Download PNG",
    table: "Download CSV",
    /** Without its ending. */
    fileName: "training-curves",
    epoch: "Epoch",
    hover: ({ value, smooth }: { value: string; smooth: string }) => `${value} (smoothed ${smooth})`,
  },

  base,
  runs,
  compare,
  tune,
};
