/** Reasons to look at a photo, as sentences. */
import type { Suspicion } from "./audit.ts";
import type { ClassId, PhotoId } from "./dataset.ts";

export interface Names {
  classNamed(id: ClassId): string;
  fileNamed(photo: PhotoId): string;
  /** 0.971 → “97.1%”, in the person's own way of writing. */
  percent(share: number): string;
}

/** “Looks like dog (97.1%)” */
export function describeSuspicion({ kind, suggestion, others }: Suspicion, names: Names): string {
  switch (kind) {
    case "label":
      return suggestion
        ? `Looks like ${names.classNamed(suggestion.classId)} (${names.percent(suggestion.probability)})`
        : "Looks unlike its class";
    case "duplicate":
      return `Nearly the same as ${list(others, names)}`;
    case "leak":
      return `Nearly the same as a test photo, so that it takes no part in training: ${list(others, names)}`;
    case "outlier":
      return "Unlike all others of its class";
    case "blurred":
      return "More blurred than almost all others";
    case "dark":
      return "Darker than almost all others";
    case "bright":
      return "Brighter than almost all others";
    case "tiny":
      return "So small that the model sees little of it";
  }
}

function list([first, ...more]: readonly PhotoId[], names: Names): string {
  const name = first === undefined ? "another" : names.fileNamed(first);
  return more.length ? `${name} and ${more.length} more` : name;
}
