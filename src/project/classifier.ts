/** What is said of a classifier without its weights. */
import { countParameters } from "../network/cost.ts";
import type { Classifier, Preprocessing } from "../network/model.ts";
import type { Run, RunClassifier, RunId } from "./run.ts";

export interface ClassifierSummary {
  readonly name: string;
  /** In the order of its outputs, as they were when it was made. */
  readonly classNames: readonly string[];
  /** The run of the open project that made it; null when it was opened from elsewhere. */
  readonly runId: RunId | null;
  readonly baseModelName: string | null;
  readonly inputSize: Pick<Preprocessing, "height" | "width">;
  readonly crop: Preprocessing["crop"];
  readonly parameters: number;
  /** Whether it answers “none of these”; left out where it never does. */
  readonly rejects?: true;
  /** ISO 8601, or null when the file did not say. */
  readonly trainedAt: string | null;
}

/** A classifier that was read from files, which do not say where it is from. */
export function summaryOfFile(classifier: Classifier): ClassifierSummary {
  const { classNames } = classifier;
  return { ...describeClassifier(classifier), classNames, runId: null, baseModelName: null, trainedAt: null };
}

export function describeClassifier({ name, preprocessing, network, rejection }: Classifier): RunClassifier {
  const { height, width, crop } = preprocessing;
  const facts = { name, inputSize: { height, width }, crop, parameters: countParameters(network) };
  return rejection ? { ...facts, rejects: true } : facts;
}

/** A run's classifier; null when it is not kept. */
export function summaryOfRun({ id, classes, baseModel, classifier, finishedAt }: Run): ClassifierSummary | null {
  if (!classifier) return null;
  const classNames = classes.map(({ name }) => name);
  return { ...classifier, classNames, runId: id, baseModelName: baseModel.name, trainedAt: finishedAt };
}
