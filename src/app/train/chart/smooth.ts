/**
 * A curve smoothed as TensorBoard does it: an exponential moving average, divided by the weight that it has seen so far, so
 * that it does not begin at 0 (Kingma & Ba 2015, section 3). It agrees with pandas' `ewm(alpha=1 - weight, adjust=True)`.
 * A value that is no finite number stays, and the average goes on after it.
 *
 * @param weight of what came before, 0 (as it is) up to less than 1
 */
export function smoothed(values: readonly number[], weight: number): readonly number[] {
  if (weight === 0) return values;
  let [average, seen] = [0, 0];
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    average = average * weight + (1 - weight) * value;
    seen += 1;
    return average / (1 - weight ** seen);
  });
}
