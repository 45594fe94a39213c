/** The view “Worth a look”: what may be wrong with the photos, and what to do about it. */
import type { SuspicionKind } from "../../../dataset/dataset.ts";
import { count, duration, percent, photos, plural } from "./language.ts";

/** What the sentence about a suspicion is made of. */
export interface Suspected {
  /** The class that the photo looks like, with its probability, 0..1; null where none is known. */
  readonly suggestion: { readonly className: string; readonly probability: number } | null;
  /** File names of the photos that it is like. */
  readonly others: readonly string[];
}

export const review = {
  label: "Worth a look",

  invitation: {
    title: "Let the model look through your photos",
    explanation:
      "It looks for labels that seem wrong, for photos that are nearly the same, and for photos that are unusual, " +
      "blurred, dark, bright or tiny. Looking changes nothing; you decide about each photo.",
    cost:
      `The first look prepares every photo, as training does: with the built-in base model, ${photos(1000)} take well ` +
      "under a minute. After that, a look takes seconds.",
    look: "Look through my photos",
    noPhotos: "There are no photos yet.",
  },
  lookAgain: "Look again",

  found: (number: number) => plural(number, { one: "# thing worth a look", other: "# things worth a look" }),
  nothingLeft: "Nothing left to look at",
  nothingFound: "Nothing looks wrong",
  standing({ looked, changed, ranked }: { looked: number; changed: number; ranked: boolean }): string {
    const first = `${photos(looked)} looked at${ranked ? ", the most suspicious first" : ""}.`;
    if (changed === 0) return first;
    const since = plural(changed, { one: "# photo has changed", other: "# photos have changed" });
    return `${first} ${since} since then: another look may find more.`;
  },

  looking: {
    preparing: "Preparing photos",
    comparing: "Looking through photos",
    statusLabel: "Looking status",
    starting: "Getting ready …",
    preparingStatus({ done, total, secondsLeft }: { done: number; total: number; secondsLeft: number | null }): string {
      const left = secondsLeft === null ? "" : `, ${duration(secondsLeft)} left`;
      return `Preparing photos: ${count(done)} of ${count(total)}${left}`;
    },
    comparingStatus: ({ step, total }: { step: number; total: number }) =>
      `Comparing photos: step ${count(step)} of ${count(total)}`,
  },

  wholeLabel: "All photos together",
  noDuplicates: "No two photos are nearly the same.",
  duplicates: (values: { photos: number; groups: number }) =>
    `${photos(values.photos)} are in ${plural(values.groups, { one: "# group", other: "# groups" })} of ` +
    `near-duplicates: copies of one picture, or pictures taken right after each other. Each group is kept in one split.`,

  showLabel: "Show",
  all: "All",
  kinds: {
    label: "Label",
    duplicate: "Near-duplicate",
    leak: "In two splits",
    outlier: "Unusual",
    blurred: "Blurred",
    dark: "Dark",
    bright: "Bright",
    tiny: "Tiny",
  } satisfies Readonly<Record<SuspicionKind, string>>,
  /** Why a photo is worth a look. */
  reasons: {
    label: ({ suggestion }: Suspected) =>
      suggestion
        ? `Looks like ${suggestion.className} (${percent(suggestion.probability)})`
        : "Does not look like its class",
    duplicate: ({ others }: Suspected) => `Nearly the same as ${firstAndMore(others)}`,
    leak: ({ others }: Suspected) =>
      `Nearly the same as a test photo, so it is left out of training: ${firstAndMore(others)}`,
    outlier: () => "Unlike the other photos of its class",
    blurred: () => "More blurred than almost all other photos",
    dark: () => "Darker than almost all other photos",
    bright: () => "Brighter than almost all other photos",
    tiny: () => "So small that the model sees little detail",
  } satisfies Readonly<Record<SuspicionKind, (values: Suspected) => string>>,
  strengthLabel: "Strength",
  strength: (share: number) => `Strength ${percent(share)}`,

  moveTo: (className: string) => `Move to ${className}`,
  labelIsRight: "The label is right",
  photoIsFine: "The photo is fine",
  exclude: "Exclude",
  delete: "Delete",
  andMore: (number: number) => `and ${count(number)} more`,
  showMore: (number: number) => `Show more (${count(number)})`,

  /** Takes all suggestions that are sure enough at once. */
  sweep: {
    /** Opens it, on a phone. */
    fold: "Accept sure suggestions at once",
    threshold: "Minimum certainty",
    atLeast: (share: number) => `At least ${percent(share)} sure`,
    move: (number: number) => `Accept all sure suggestions: move ${photos(number)}`,
  },

  keys: {
    label: "Keys",
    enter: "Enter",
    enlarge: "enlarge",
    space: "Space",
    accept: "accept the suggestion",
    keep: "keep as it is",
    exclude: "exclude",
    delete: "delete",
    next: "next",
    undo: "undo",
  },

  lastAction: "Last action",
  moved: ({ file, className }: { file: string; className: string }) => `${file} moved to ${className}.`,
  kept: (file: string) => `${file} stays as it is.`,
  excluded: (file: string) => `${file} excluded from training and testing.`,
  deleted: (file: string) => `${file} deleted.`,
};

function firstAndMore([first = "another photo", ...more]: readonly string[]): string {
  return more.length ? `${first} and ${count(more.length)} more` : first;
}
