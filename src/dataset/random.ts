/** Randomness that can be repeated. */

/** Gives numbers uniform on [0, 1). */
export interface Random {
  (): number;
  /** All that decides what comes next: a 32-bit unsigned integer. */
  state(): number;
  /** Goes on from a state, as if it had come there by itself. */
  restore(state: number): void;
}

/**
 * A generator of numbers uniform on [0, 1), the same for the same seed.
 * Mulberry32 by Tommy Ettinger (2017, public domain): 32 bits of state, passes gjrand; ample for splits and initial weights.
 *
 * @param seed a 32-bit unsigned integer
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.assign(next, {
    state: () => state,
    restore: (earlier: number) => {
      state = earlier >>> 0;
    },
  });
}

/** A new array in random order (Durstenfeld 1964, the Fisher–Yates shuffle). */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = result[last] as Item;
    result[last] = result[other] as Item;
    result[other] = kept;
  }
  return result;
}

/** A 32-bit seed from a text (FNV-1a over its UTF-16 code units). */
export function hashSeed(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
