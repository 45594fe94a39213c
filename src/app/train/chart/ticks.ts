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

/** Round numbers from at most `low` to at least `high`. @param low less than `high` */
export function ticksBetween(low: number, high: number, steps = 4): number[] {
  if (!(high > low)) return roundTicks(high, steps);
  const step = roundTicks(high - low, steps)[1] ?? 1;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** Numbers of 1, 2 and 5 times a power of ten, from at most `low` to at least `high`; powers alone where those are many. @param low > 0 */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0 && high >= low)) return [0.1, 1];
  const [first, last] = [Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
  const digits = last - first > 2 ? [1] : [1, 2, 5];
  const all = Array.from({ length: last - first + 1 }, (_, at) => first + at).flatMap((power) =>
    digits.map((digit) => Number(`${digit}e${power}`)),
  );
  const start = all.findLastIndex((tick) => tick <= low * (1 + 1e-9));
  const end = all.findIndex((tick) => tick >= high * (1 - 1e-9));
  return all.slice(Math.max(0, start), Math.max(end, start + 1) + 1);
}
