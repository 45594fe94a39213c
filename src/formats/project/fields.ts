/** Fields that the parts of a project file have in common. */
import * as v from "valibot";
import { rule } from "../field-problem.ts";
import { list, MOST, Text } from "./limits.ts";

export const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** 0..1, give or take a rounding. */
export const Share = v.pipe(v.number(), v.minValue(-1e-3), v.maxValue(1 + 1e-3));
/** ISO 8601. */
export const Time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), rule("no-time")),
);
/** JSON has no number for a loss that ran away. */
const Loss = v.pipe(
  v.nullable(v.number()),
  v.transform((loss) => loss ?? Number.NaN),
);
export const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, rule("not-sha-256")));
export const Split = v.picklist(["train", "validation", "test"]);
export const Counts = v.object({ train: Count, validation: Count, test: Count });
export const Estimate = v.object({ value: Share, low: Share, high: Share });

export const TestShortfall = v.object({
  classId: Text,
  wanted: Count,
  found: Count,
  reason: v.picklist(["like-other-classes", "one-bundle", "fixed"]),
});

/** A file in the zip, by the SHA-256 of its bytes. */
export const FileInZip = v.object({ path: Text, sha256: Hash });
export type FileInZip = v.InferOutput<typeof FileInZip>;

export const Outcome = v.object({
  reason: v.picklist(["early", "finished", "converged", "user"]),
  epochs: Count,
  bestEpoch: Count,
  headEpochs: Count,
  solved: v.exactOptional(
    v.object({
      l2: v.pipe(v.number(), v.minValue(0)),
      chosenBy: v.picklist(["setting", "cross-validation", "validation", "nothing"]),
    }),
  ),
  fittedAgainTo: v.exactOptional(Count),
});

export const Course = v.object({
  ...Outcome.entries,
  history: list(
    v.object({
      epoch: Count,
      trainLoss: Loss,
      validationLoss: Loss,
      trainAccuracy: Share,
      validationAccuracy: Share,
    }),
    MOST.epochs,
  ),
});

const Metrics = {
  precision: v.nullable(Share),
  recall: v.nullable(Share),
  f1: v.nullable(Share),
  support: Count,
};

const ReportFigures = {
  photos: Count,
  accuracy: Estimate,
  macroF1: Estimate,
  confusion: list(list(Count, MOST.classes), MOST.classes),
  mistakes: list(v.object({ photo: Hash, actual: Count, predicted: Count, confidence: Share }), MOST.photos),
};

/** Classes are places in the run's list. */
export const Report = v.object({ ...ReportFigures, classes: list(v.object(Metrics), MOST.classes) });

/** As version 2 had it, with the classes' names. */
export const NamedReport = v.pipe(
  v.object({
    ...ReportFigures,
    classNames: list(Text, MOST.classes),
    classes: list(v.object({ ...Metrics, className: Text }), MOST.classes),
  }),
  v.check((report) => fits(report, report.classNames.length), rule("report-unlike-its-classes")),
);

/** Whether a report is of so many classes. */
export function fits({ classes, confusion, mistakes }: v.InferOutput<typeof Report>, count: number): boolean {
  return (
    classes.length === count &&
    confusion.length === count &&
    confusion.every((row) => row.length === count) &&
    mistakes.every(({ actual, predicted }) => actual < count && predicted < count)
  );
}

const ClassifierFacts = {
  name: Text,
  inputSize: v.object({ height: Count, width: Count }),
  crop: v.picklist(["center", "squash"]),
  parameters: Count,
  rejects: v.exactOptional(v.literal(true)),
};

export const RunClassifier = v.object(ClassifierFacts);

export const Summary = v.object({
  ...ClassifierFacts,
  classNames: list(Text, MOST.classes),
  baseModelName: v.nullable(Text),
  trainedAt: v.nullable(Time),
});
