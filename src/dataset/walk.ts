/** Where one is in a list that changes while one works through it. */

export interface Walk {
  /** The list's keys, in order. */
  readonly keys: readonly string[];
  /** Where one is; null in an empty list. */
  readonly current: string | null;
  /** Keys that were in the list and are not now. */
  readonly gone: ReadonlySet<string>;
}

export function startWalk(keys: readonly string[]): Walk {
  return { keys, current: keys[0] ?? null, gone: new Set() };
}

/**
 * The same walk after the list has changed. One goes to what has come back (by Undo), else stays where one is; when that
 * is gone, one goes on to the next that is left, or at the end to the last before it.
 */
export function follow({ keys: before, current, gone }: Walk, keys: readonly string[]): Walk {
  const here = new Set(keys);
  const left = before.filter((key) => !here.has(key));
  return {
    keys,
    current: keys.find((key) => gone.has(key)) ?? nearest(before, here, current) ?? keys[0] ?? null,
    gone: new Set([...gone, ...left].filter((key) => !here.has(key))),
  };
}

/** The walk some steps on. @param around whether past the end comes the start, or nothing */
export function step(walk: Walk, steps: number, around: boolean): Walk {
  const { keys, current } = walk;
  const at = current === null ? -1 : keys.indexOf(current);
  if (at < 0) return walk;
  const to = around ? (at + steps + keys.length) % keys.length : Math.max(0, Math.min(keys.length - 1, at + steps));
  return { ...walk, current: keys[to] ?? null };
}

function nearest(before: readonly string[], here: ReadonlySet<string>, current: string | null): string | undefined {
  const at = current === null ? -1 : before.indexOf(current);
  if (at < 0) return undefined;
  const isHere = (key: string) => here.has(key);
  return before.slice(at).find(isHere) ?? before.slice(0, at).findLast(isHere);
}
