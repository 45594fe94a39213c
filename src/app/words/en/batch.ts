/** Words of the table of many photos that were classified together. */
import { count, list, percent, photos, plural } from "./language.ts";

interface Counted {
  readonly photos: number;
  readonly ignored: number;
}

interface Confused {
  readonly actual: string;
  readonly predicted: string;
  readonly photos: number;
}

export const batch = {
  folder: "Classify a folder",
  title: "Classified photos",
  counted: ({ photos: number, ignored }: Counted) =>
    `${photos(number)}.${ignored ? ` ${plural(ignored, { one: "# file was no photo.", other: "# files were no photos." })}` : ""}`,
  download: "Download results",
  close: "Close the table",
  table: "Classified photos",
  scrollable: "Classified photos, scrollable",
  columns: { file: "Photo", predicted: "Class", confidence: "Confidence", own: "Own class" },
  action: "Add to the project",
  percent,
  filters: {
    place: "Class",
    everyClass: "Every class",
    confidence: "Confidence",
    confidences: {
      any: "Any confidence",
      below50: `Below ${percent(0.5)}`,
      below70: `Below ${percent(0.7)}`,
      below90: `Below ${percent(0.9)}`,
      from90: `${percent(0.9)} and above`,
    },
    misjudged: "Only mistakes",
    shown: ({ shown, of }: { shown: number; of: number }) =>
      shown === of ? `${photos(of)} shown` : `${count(shown)} of ${photos(of)} shown`,
  },
  /** Read out beside a class that is not the photo's own. */
  wrong: "wrong",
  none: "–",
  add: "Add",
  addTo: (name: string) => `Add to ${name}`,
  addToNamed: ({ name, file }: { name: string; file: string }) => `Add to ${name}: ${file}`,
  chooseClass: (file: string) => `Class for ${file}`,
  isClass: "It is …",
  nowIn: (name: string) => `In ${name}`,
  others: {
    title: "Evaluation on these photos",
    accuracy: "Accuracy on these photos",
    macroF1: "Macro F1 on these photos",
    right: ({ right, of }: { right: number; of: number }) => `${count(right)} of ${photos(of)} right.`,
    confused: (pairs: readonly Confused[]) =>
      `Most often mistaken: ${list(pairs.map(({ actual, predicted, photos: number }) => `${actual} called ${predicted} (${count(number)})`))}.`,
    /** Photos that the classifier learned from, or was chosen by. */
    taken: (number: number) =>
      plural(number, {
        one: "# photo took part in the training and is not counted.",
        other: "# photos took part in the training and are not counted.",
      }),
    unlabelled: (number: number) =>
      plural(number, {
        one: "# photo is in no folder named like a class and is not counted.",
        other: "# photos are in no folder named like a class and are not counted.",
      }),
    allTaken: "Every labelled photo took part in the training, so these photos say nothing about new ones.",
    hint: "Photos in folders that are named like the classes are also checked: their accuracy is shown here.",
  },
  evaluateOthers: "Evaluate on other photos",
};
