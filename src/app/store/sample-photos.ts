/** Photos that show what a classifier does. */
import type { PhotoId } from "../../dataset/dataset.ts";
import { splitsOf } from "./selectors.ts";
import type { State } from "./store.ts";

const MOST = 3;

/** At most three labelled photos, each of another class while there are such, and those that test it first. */
export function samplePhotos(state: State): PhotoId[] {
  const splits = splitsOf(state);
  const samples = state.dataset.samples.toSorted(
    (a, b) => Number(splits.get(b.photo) === "test") - Number(splits.get(a.photo) === "test"),
  );
  const first = state.dataset.classes.flatMap(({ id }) =>
    samples.filter((sample) => sample.classId === id).slice(0, 1),
  );
  const photos = [...first, ...samples].map(({ photo }) => photo);
  return [...new Set(photos)].slice(0, MOST);
}
