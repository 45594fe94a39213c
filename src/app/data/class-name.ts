import { type ClassId, type PhotoClass, UNSORTED } from "../../dataset/dataset.ts";
import { words } from "../words/words.ts";

/** The name of a class as the page shows it: the class of unsorted photos has the name that the language gives it. */
export function shownName({ id, name }: PhotoClass): string {
  return id === UNSORTED ? words.classes.unsorted : name;
}

/** The same by the id of a class; words of their own for a class that has been deleted. */
export function nameOfClass(classes: readonly PhotoClass[], id: ClassId): string {
  const found = classes.find((each) => each.id === id);
  return found ? shownName(found) : words.classes.deleted;
}
