/** What a project file says of training: runs and the classifier in use. */
import * as v from "valibot";
import { checkSettings } from "../../training/check-settings.ts";
import { DEFAULT_SETTINGS as DEFAULTS } from "../../training/settings.ts";
import { rule } from "../field-problem.ts";

export const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** 0..1, give or take a rounding. */
const Share = v.number();
/** JSON has no number for a loss that ran away. */
const Loss = v.pipe(
  v.nullable(v.number()),
  v.transform((loss) => loss ?? Number.NaN),
);
export const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, rule("not-sha-256")));

const Outcome = v.object({
  reason: v.picklist(["early", "finished", "user"]),
  epochs: Count,
  bestEpoch: Count,
  headEpochs: Count,
});

const Course = v.object({
  ...Outcome.entries,
  history: v.array(
    v.object({
      epoch: Count,
      trainLoss: Loss,
      validationLoss: Loss,
      trainAccuracy: Share,
      validationAccuracy: Share,
    }),
  ),
});

const Estimate = v.object({ value: Share, low: Share, high: Share });
const Counts = v.object({ train: Count, validation: Count, test: Count });

const Report = v.pipe(
  v.object({
    classNames: v.array(v.string()),
    photos: Count,
    accuracy: Estimate,
    macroF1: Estimate,
    classes: v.array(
      v.object({
        className: v.string(),
        precision: v.nullable(Share),
        recall: v.nullable(Share),
        f1: v.nullable(Share),
        support: Count,
      }),
    ),
    confusion: v.array(v.array(Count)),
    mistakes: v.array(v.object({ photo: Hash, actual: Count, predicted: Count, confidence: Share })),
  }),
  v.check(
    ({ classNames, classes, confusion, mistakes }) =>
      classes.length === classNames.length &&
      confusion.length === classNames.length &&
      confusion.every((row) => row.length === classNames.length) &&
      mistakes.every(({ actual, predicted }) => actual < classNames.length && predicted < classNames.length),
    rule("report-unlike-its-classes"),
  ),
);

export const Summary = v.object({
  name: v.string(),
  classNames: v.array(v.string()),
  baseModelName: v.nullable(v.string()),
  inputSize: v.object({ height: Count, width: Count }),
  crop: v.picklist(["center", "squash"]),
  parameters: Count,
  trainedAt: v.nullable(v.string()),
});

export const LastRun = v.object({
  summary: v.object({ outcome: Course, report: Report, classifier: Summary, counts: Counts }),
  settings: Settings,
  baseModelName: v.string(),
  finishedAt: v.string(),
});

export const EarlierRun = v.object({
  finishedAt: v.string(),
  baseModelName: v.string(),
  settings: Settings,
  counts: Counts,
  accuracy: v.nullable(Estimate),
  macroF1: v.nullable(Estimate),
  outcome: Outcome,
});
