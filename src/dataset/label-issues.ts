/** Labels that are probably wrong, by what models that never saw them say. */

/** A photo with a label, and the probabilities that a model gives that was not fitted on it. */
export interface LabelledPrediction {
  /** Index of the label's class. */
  readonly label: number;
  /** One a class, sum 1. */
  readonly probabilities: readonly number[];
}

export interface LabelIssue {
  /** Place in the list that was looked through. */
  readonly at: number;
  /** Index of the class that it looks like. */
  readonly suggested: number;
  /** Probability of that class less that of the label, −1..1. The higher, the surer. */
  readonly margin: number;
}

/**
 * Confident learning (Northcutt, Jiang & Chuang 2021): a class's threshold is the mean probability of the class over the
 * photos that are labelled so; a photo confidently belongs to the likeliest class whose threshold it passes (section 3.1).
 * An issue is a photo that confidently belongs elsewhere, or is called something else than its label at all. Ranked by
 * normalised margin (section 3.2), the surest first.
 */
export function findLabelIssues(predictions: readonly LabelledPrediction[], classes: number): LabelIssue[] {
  const thresholds = Array.from({ length: classes }, (_, index) => {
    const own = predictions.filter(({ label }) => label === index);
    return own.reduce((sum, { probabilities }) => sum + (probabilities[index] ?? 0), 0) / Math.max(1, own.length);
  });
  return predictions
    .flatMap(({ label, probabilities }, at): LabelIssue[] => {
      const confident = likeliest(probabilities, (value, index) => value >= (thresholds[index] ?? 1));
      const other = likeliest(probabilities, (_, index) => index !== label);
      if (other === null) return [];
      const margin = (probabilities[other] ?? 0) - (probabilities[label] ?? 0);
      const isIssue = (confident !== null && confident !== label) || margin > 0;
      return isIssue ? [{ at, suggested: other, margin }] : [];
    })
    .sort((a, b) => b.margin - a.margin);
}

function likeliest(probabilities: readonly number[], may: (value: number, index: number) => boolean): number | null {
  let best: number | null = null;
  probabilities.forEach((value, index) => {
    if (may(value, index) && (best === null || value > (probabilities[best] ?? 0))) best = index;
  });
  return best;
}
