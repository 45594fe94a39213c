/** What is told when something has ended, wherever one is. */
import type { WorkerFault } from "../../../worker/protocol/faults.ts";
import type { BaseModelEntry, Converted } from "../../../worker/protocol/index.ts";
import { sentence } from "../faults.ts";
import { fedWith } from "./base.ts";
import { faults } from "./faults/index.ts";
import { dateTime, files, list, photos, plural } from "./language.ts";

interface ImportCounts {
  readonly added: number;
  /** Photos that were here before. */
  readonly duplicates: number;
  /** Files that are no photos, such as `Thumbs.db`. */
  readonly ignored: number;
  /** Photos that came in as JPEGs or PNGs, by what they were. */
  readonly converted: Readonly<Partial<Record<Converted, number>>>;
}

interface Skipped {
  readonly path: string;
  readonly fault: WorkerFault;
}

/** File names that a message has room for. */
const NAMED = 3;

const firstOf = (names: readonly string[]) =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(", ")} …` : `${list(names)}.`;

const converted = ({ heic = 0, tiff = 0, raw = 0 }: ImportCounts["converted"]) => {
  const kinds = [
    ...(heic ? [plural(heic, { one: "# HEIC photo", other: "# HEIC photos" })] : []),
    ...(tiff ? [plural(tiff, { one: "# TIFF", other: "# TIFFs" })] : []),
  ];
  return [
    ...(kinds.length ? [`${list(kinds)} came in as JPEG or PNG, which every browser can show.`] : []),
    ...(raw
      ? [
          plural(raw, {
            one: "Of # raw file, the camera’s own JPEG came in.",
            other: "Of # raw files, the camera’s own JPEGs came in.",
          }),
        ]
      : []),
  ];
};

const imported = ({ added, duplicates, ignored, converted: kinds }: ImportCounts) =>
  [
    added ? `Added ${photos(added)}.` : "No new photos.",
    ...(duplicates
      ? [plural(duplicates, { one: "# photo was already here.", other: "# photos were already here." })]
      : []),
    ...converted(kinds),
    ...(ignored
      ? [plural(ignored, { one: "Skipped # file that is not a photo.", other: "Skipped # files that are not photos." })]
      : []),
  ].join(" ");

export const store = {
  imported,
  framesAdded: ({ file, ...counts }: ImportCounts & { readonly file: string }) => `${file}: ${imported(counts)}`,
  importedWithout: ({ skipped, ...counts }: ImportCounts & { readonly skipped: readonly Skipped[] }) => {
    const [first] = skipped;
    const named = `${files(skipped.length)} skipped: ${firstOf(skipped.map(({ path }) => path))}`;
    const text = skipped.length === 1 && first ? `${first.path} was skipped. ${sentence(faults, first.fault)}` : named;
    return `${imported(counts)} ${text}`;
  },
  fileAndReason: ({ path, fault }: Skipped) => `${path}: ${sentence(faults, fault)}`,
  andMore: (more: number) => plural(more, { one: "And # more.", other: "And # more." }),
  tookNoPart: (skipped: number) =>
    plural(skipped, {
      one: "# photo could not be read and took no part.",
      other: "# photos could not be read and took no part.",
    }),

  noClassifier: "There is no classifier yet. Train one, or open one on the Export page.",
  theProject: "the project",
  thePhotos: "the photos",
  downloadedWithout: ({ fileName, photos: missing }: { fileName: string; photos: number }) =>
    `${fileName} is in your downloads, without ${photos(missing)} that could not be read.`,
  projectOpened: (name: string) => `Opened “${name}”.`,
  projectOpenedWithout: ({ name, files: names }: { name: string; files: readonly string[] }) =>
    `Opened “${name}”, without ${files(names.length)} that could not be read: ${firstOf(names)}`,

  baseModelReady: ({ name, card }: Pick<BaseModelEntry, "name" | "card">) => {
    const ready = `${name} is ready and kept for offline use.`;
    if (card?.fedBy !== "guess") return ready;
    return `${ready} Its file does not say how pixels are to be scaled; ${fedWith(card.preprocessing)} is a guess.`;
  },

  /** @param from the last epoch that was kept; null before the first */
  trainingGoesOn: ({ problem, from }: { problem: string; from: number | null }) =>
    `${problem} Training continues ${from === null ? "by itself" : `from epoch ${from}`}.`,
  trained: ({ right, tested }: { right: number; tested: number }) =>
    tested
      ? `Training is done: ${right} of ${plural(tested, { one: "# test photo", other: "# test photos" })} right.`
      : "Training is done.",
  lookDone: "The look through your photos is done. What it found is on the Data page.",
  seeResult: "See the result",
  runsForgotten: (runs: number) =>
    plural(runs, {
      one: "An older run was deleted to make room. Pin runs that you want to keep.",
      other: "# older runs were deleted to make room. Pin runs that you want to keep.",
    }),
  /** @param finishedAt ISO 8601; null when it is not known */
  runInUse: (finishedAt: string | null) =>
    finishedAt ? `The classifier of the run of ${dateTime(finishedAt)} is in use.` : "The run’s classifier is in use.",
  runDeleted: "Deleted the run.",
  /** On the button of every message that something was deleted. */
  bringBack: "Bring back",
  deleted: (name: string) => `Deleted “${name}”.`,
  photosDeleted: (number: number) => `Deleted ${photos(number)}.`,
  classDeleted: ({ name, photos: number }: { name: string; photos: number }) =>
    number ? `Deleted “${name}” and its ${photos(number)}.` : `Deleted “${name}”.`,
  merged: ({ name, into }: { name: string; into: string }) => `Merged “${name}” into “${into}”.`,

  newProject: ({ before }: { before: string | null }) =>
    before ? `New project. “${before}” is kept under Projects.` : "New project.",
  newAlready: "This project is new already.",
  nothingToDelete: "There is nothing in this project to delete.",
  /** The name of a project’s copy. */
  copyOf: (name: string) => `${name} (copy)`,
  defaultProjectName: "My classifier",
};
