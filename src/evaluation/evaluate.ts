import { classMetrics } from "./class-metrics.ts";
import { confusionMatrix, predictedClass } from "./confusion.ts";
import { wilson } from "./intervals.ts";
import { macroF1Estimate } from "./macro-f1.ts";
import type { Answer } from "./measures.ts";
import type { EvaluationReport, Prediction } from "./report.ts";

/**
 * Everything that is said of a classifier on photos that neither fitting nor stopping saw.
 * Without predictions every estimate is 0 with the interval 0..1.
 *
 * @param classCount classes that the classifier tells apart; the report knows them by index
 */
export function evaluate(predictions: readonly Prediction[], classCount: number): EvaluationReport {
  const answers = predictions.map(({ photo, actual, probabilities }) => {
    const predicted = predictedClass(probabilities);
    return { photo, actual, predicted, confidence: probabilities[predicted] ?? 0 };
  });
  return reportOf(answers, classCount);
}

/** The same, of what was said of each photo. */
export function reportOf(answers: readonly Answer[], classCount: number): EvaluationReport {
  const confusion = confusionMatrix(answers, classCount);
  const correct = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  return {
    photos: answers.length,
    accuracy: wilson(correct, answers.length),
    macroF1: macroF1Estimate(confusion),
    classes: classMetrics(confusion),
    confusion,
    mistakes: answers
      .filter(({ actual, predicted }) => actual !== predicted)
      .sort((a, b) => b.confidence - a.confidence),
  };
}
