/** Round numbers for an axis. */

/**
 * From 0 to at least `most`, in steps of 1, 2, 2.5 or 5 times a power of ten.
 * @param most 0 or more
 * @param steps about how many
 */
export function roundTicks(most: number, steps = 4): number[] {
  if (!(most > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most / steps));
  const step = power * ([1, 2, 2.5, 5].find((each) => each * power * steps >= most * (1 - 1e-9)) ?? 10);
  const count = Math.ceil(most / step - 1e-9);
  // Multiplied, and not added up: 0.3 is to be 0.3.
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** Epochs from 1 to `last`: the first, and round ones after it. */
export function epochTicks(last: number, steps = 6): number[] {
  const step = Math.max(1, Math.ceil(roundTicks(last, steps)[1] ?? 1));
  const round = Array.from({ length: Math.floor(last / step) }, (_, at) => (at + 1) * step);
  return step === 1 ? round : [1, ...round];
}
