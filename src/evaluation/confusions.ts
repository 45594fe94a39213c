/** Which classes are taken for each other. */

export interface Confusion {
  readonly actual: number;
  readonly predicted: number;
  readonly photos: number;
  /** Of the true class's photos, 0..1. */
  readonly share: number;
}

/** What is wrongly called what, most often first. @param confusion `[actual][predicted]` counts */
export function confusionsOf(confusion: readonly (readonly number[])[]): Confusion[] {
  const found: Confusion[] = [];
  for (const [actual, row] of confusion.entries()) {
    const support = row.reduce((sum, photos) => sum + photos, 0);
    for (const [predicted, photos] of row.entries()) {
      if (photos && actual !== predicted) found.push({ actual, predicted, photos, share: photos / support });
    }
  }
  return found.sort((one, other) => other.photos - one.photos || other.share - one.share);
}

/**
 * An order of the classes in which those that are taken for each other stand together: the pairs with the largest share of
 * confused photos are joined first, each class's own end to end (single linkage, Florek et al. 1951, with the chains turned so
 * that the two classes of the pair come as near to each other as they can).
 * @param confusion `[actual][predicted]` counts
 * @returns each class index once
 */
export function similarityOrder(confusion: readonly (readonly number[])[]): number[] {
  const chains = confusion.map((_, label): readonly number[] => [label]);
  for (const [one, other] of likestPairs(confusion)) {
    const [first, second] = [chains[one] ?? [], chains[other] ?? []];
    if (first === second) continue;
    const joined = joinedNear(first, one, second, other);
    for (const label of joined) chains[label] = joined;
  }
  // Which way round a chain is says nothing: the class that comes first in the data goes first.
  const turned = (chain: readonly number[]) => ((chain[0] ?? 0) > (chain.at(-1) ?? 0) ? chain.toReversed() : chain);
  return [...new Set(chains)].flatMap(turned);
}

/** Pairs of classes with photos that are confused, the largest share of both classes' photos first. */
function likestPairs(confusion: readonly (readonly number[])[]): [number, number][] {
  const shares = new Map<number, number>();
  for (const { actual, predicted, share } of confusionsOf(confusion)) {
    const key = Math.min(actual, predicted) * confusion.length + Math.max(actual, predicted);
    shares.set(key, (shares.get(key) ?? 0) + share);
  }
  return [...shares]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([key]) => [Math.floor(key / confusion.length), key % confusion.length]);
}

/** The two chains as one: each turned so that its class of the pair is nearer to the seam. */
function joinedNear(first: readonly number[], one: number, second: readonly number[], other: number): number[] {
  const before = first.indexOf(one) * 2 < first.length - 1 ? first.toReversed() : first;
  const after = second.indexOf(other) * 2 > second.length - 1 ? second.toReversed() : second;
  return [...before, ...after];
}
