/** The view “Sort”: giving a class to the photos that have none. */
import { rich, strong } from "../rich.ts";
import { count, percent, plural } from "./language.ts";

export const sort = {
  standing: ({ sorted, total }: { sorted: number; total: number }) => `${count(sorted)} of ${count(total)} sorted`,
  progress: "Sorted",
  allSorted: (number: number) => plural(number, { one: "# photo is sorted", other: "All # photos are sorted" }),
  nothing: "No photos to sort",
  explanation:
    "Photos that are not in a folder go to “Unsorted” and wait here. Press one key to give each its class. Once two " +
    "classes have photos, the model suggests a class for all others, and you only accept or correct it.",
  toTry:
    "To try it, drop photos that are not in a folder anywhere on this page. They wait here unless a class is chosen " +
    "under “Loose photos go to”.",

  showPhotos: "Show photos",
  oneByOne: "One by one",
  grid: "Grid",
  order: "Order",
  orders: { unsure: "Least sure first", sure: "Most sure first", given: "As they were added" },

  sortByHand: "Sort a few photos into each of two classes by hand. Then the model can suggest classes for the rest.",
  suggest: "Suggest classes",
  suggestAgain: "Suggest again",
  howSuggested:
    "The model learns from the photos that have a class; this takes seconds. You still decide about each photo.",
  withoutSuggestions: (number: number) =>
    plural(number, { one: "# photo has no suggestion yet.", other: "# photos have no suggestion yet." }),
  outdated: (changed: number) =>
    plural(changed, {
      one: "# photo has changed since these suggestions were made. Suggest again for better ones.",
      other: "# photos have changed since these suggestions were made. Suggest again for better ones.",
    }),

  photo: "Photo to sort",
  accept: (className: string) => rich`Accept ${strong(className)}`,
  sure: (probability: number) => `${percent(probability)} sure`,
  skip: "Skip",
  exclude: "Exclude",
  delete: "Delete",
  classes: "Classes",
  newClass: "New class",
  addClass: "Add",

  withoutSuggestion: "Without a suggestion",
  cell: ({ file, probability }: { file: string; probability: number }) => `${file}, ${percent(probability)} sure`,
  acceptChosen: (number: number) => plural(number, { one: "Accept # chosen photo", other: "Accept # chosen photos" }),
  acceptSure: ({ suggestions, threshold }: { suggestions: number; threshold: number }) =>
    plural(suggestions, {
      one: `Accept # suggestion of at least ${percent(threshold)}`,
      other: `Accept # suggestions of at least ${percent(threshold)}`,
    }),

  keys: {
    flip: "accept or leave out",
    choose: "choose the class",
    skip: "skip",
  },

  sorted: ({ file, className }: { file: string; className: string }) => `${file} sorted into ${className}.`,
  swept: (number: number) => plural(number, { one: "# photo sorted.", other: "# photos sorted." }),
};
