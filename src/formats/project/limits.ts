/** How much of everything a project file may hold: far more than anybody works with, and no more than a page can carry. */
import * as v from "valibot";

export const MOST = {
  classes: 10_000,
  photos: 1_000_000,
  /** Of epochs in a run's history. */
  epochs: 100_000,
  /** A setting that is a list, such as the sizes of hidden layers. */
  settingValues: 100,
  runs: 200,
  /** Files that a run's weights lie in. */
  weightFiles: 10_000,
  /** Characters of an id, a name or a path. */
  text: 4096,
  /** Characters of a note. */
  note: 100_000,
} as const;

/** A list that is not too long; its items are looked at only then. */
export function list<Item extends v.GenericSchema>(item: Item, most: number) {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));
}

export const Text = v.pipe(v.string(), v.maxLength(MOST.text));
