import { classMetrics, macroF1 } from "./class-metrics.ts";
import { confusionMatrix, predictedClass } from "./confusion.ts";
import { credible, wilson } from "./intervals.ts";
import type { EvaluationReport, Mistake, Prediction } from "./report.ts";

/**
 * Everything that is said of a classifier on photos that neither fitting nor stopping saw.
 * Without predictions every estimate is 0 with the interval 0..1.
 *
 * @param seed of the posterior draws, so that the same predictions give the same interval
 */
export function evaluate(
  predictions: readonly Prediction[],
  classNames: readonly string[],
  seed: number,
): EvaluationReport {
  const confusion = confusionMatrix(predictions, classNames.length);
  const correct = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const macroF1Of = (matrix: EvaluationReport["confusion"]) => macroF1(classMetrics(matrix, classNames));
  return {
    classNames,
    photos: predictions.length,
    accuracy: wilson(correct, predictions.length),
    macroF1: credible(confusion, macroF1Of, seed),
    classes: classMetrics(confusion, classNames),
    confusion,
    mistakes: mistakesOf(predictions),
  };
}

/** The photos whose most probable class is not their own, the surest mistakes first. */
function mistakesOf(predictions: readonly Prediction[]): Mistake[] {
  return predictions
    .map(({ photo, actual, probabilities }) => {
      const predicted = predictedClass(probabilities);
      return { photo, actual, predicted, confidence: probabilities[predicted] ?? 0 };
    })
    .filter(({ actual, predicted }) => actual !== predicted)
    .sort((a, b) => b.confidence - a.confidence);
}
