/**
 * One weight per class with which all classes count the same: photos / (classes × photos of the class), as scikit-learn's
 * `compute_class_weight("balanced")`. A class without photos weighs 0.
 *
 * @param labels the class index of each photo
 */
export function balancedClassWeights(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => (count ? labels.length / (classes * count) : 0));
}
