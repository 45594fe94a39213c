/** Colours of classes, as places in a palette. A class gets its own when it is made, and keeps it whatever becomes of the others. */
import { type ClassId, type Dataset, type PhotoClass, UNSORTED } from "./dataset.ts";

/** Colours that there are: from so many classes on, some share one. */
export const PALETTE_SIZE = 8;

/** The place that the fewest classes have; of several, the first. */
export function freeColour(classes: readonly Pick<PhotoClass, "colour">[]): number {
  const uses = Array.from({ length: PALETTE_SIZE }, () => 0);
  for (const { colour } of classes) if (colour !== undefined) uses[colour % PALETTE_SIZE] = at(uses, colour) + 1;
  return uses.indexOf(Math.min(...uses));
}

/** Gives classes without a colour that of their place in the list, with which earlier versions showed them. */
export function withColours(dataset: Dataset): Dataset {
  const isBare = ({ id, colour }: PhotoClass) => colour === undefined && id !== UNSORTED;
  if (!dataset.classes.some(isBare)) return dataset;
  const classes = dataset.classes.map((each, place) =>
    isBare(each) ? { ...each, colour: place % PALETTE_SIZE } : each,
  );
  return { ...dataset, classes };
}

/**
 * The colours of a classifier's classes: those of the dataset's classes with the same id, or where a class has none, with
 * the same name. Classes that the dataset does not have get colours that the others leave.
 */
export function coloursOf(
  classes: readonly { readonly id: ClassId | null; readonly name: string }[],
  dataset: Dataset,
): number[] {
  const known = classes.map(({ id, name }) =>
    dataset.classes.find((each) => (id === null ? each.name === name : each.id === id)),
  );
  const given: { colour?: number }[] = known.flatMap((each) =>
    each?.colour === undefined ? [] : [{ colour: each.colour }],
  );
  return known.map((each) => {
    if (each?.colour !== undefined) return each.colour % PALETTE_SIZE;
    const colour = freeColour(given);
    given.push({ colour });
    return colour;
  });
}

function at(uses: readonly number[], colour: number): number {
  return uses[colour % PALETTE_SIZE] ?? 0;
}
