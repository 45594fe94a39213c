/** How files were read, and the question how they are to be read. */
import type { CodePage, Remark, Understood, UnderstoodTree } from "../../../worker/protocol/index.ts";
import { bytes, classes, count, list, photos, plural } from "./language.ts";

type Sayings<Kind extends string, Value extends { readonly [key in Kind]: string }> = {
  readonly [Code in Value[Kind]]: (values: Extract<Value, { readonly [key in Kind]: Code }>) => string;
};

/** Folders or files that a message has room for. */
const NAMED = 3;
const some = (names: readonly string[]) => {
  const named = names.slice(0, NAMED).map((name) => `“${name}”`);
  return names.length > NAMED ? `${named.join(", ")} …` : list(named);
};

const CODE_PAGES: Readonly<Record<CodePage, string>> = {
  shift_jis: "Japanese (Shift-JIS)",
  gbk: "Chinese (GBK)",
  "euc-kr": "Korean (EUC-KR)",
  big5: "traditional Chinese (Big5)",
  "windows-1251": "Cyrillic (Windows-1251)",
  ibm866: "Cyrillic (DOS, 866)",
  "koi8-r": "Cyrillic (KOI8-R)",
  "windows-1253": "Greek (Windows-1253)",
  "windows-1252": "Western European (Windows-1252)",
  cp437: "Western European (DOS, 437)",
};

type PackedKind = Extract<Understood, { readonly layout: "packed" }>["kind"];

/** Data sets as their users call them. */
const PACKED: Readonly<Record<PackedKind, string>> = {
  "cifar-10": "CIFAR-10",
  "cifar-100": "CIFAR-100",
  idx: "IDX files, as used by MNIST",
  matlab: "MATLAB arrays",
  numpy: "NumPy arrays",
  parquet: "Parquet",
};

/** A reading, as one of several. */
const READINGS: Sayings<"layout", Understood> = {
  folders: () => "One class per folder",
  "inner-folders": () => "One class per inner folder",
  "upper-folders": ({ inner }) =>
    `One class per outer folder; folders within it, such as ${some(inner)}, are put together`,
  "file-names": () => "Classes from file names",
  table: ({ file, column }) => (column ? `Classes from the column “${column}” of ${file}` : `Classes from ${file}`),
  "split-lists": () => "One class per folder, splits from the lists beside them",
  "photo-set": () => "Classes and splits as they were downloaded",
  "no-classes": () => "No classes: all photos to “Unsorted”",
  "names-in": ({ codePage }) => `Names in ${CODE_PAGES[codePage]}`,
  packed: ({ kind }) => PACKED[kind],
};

/** What a message says of how files were read; empty for what needs no word. */
const UNDERSTOOD: Sayings<"layout", Understood & { readonly classes: number }> = {
  folders: () => "",
  "inner-folders": ({ classes: number }) => `Read as inner folders: ${classes(number)}.`,
  "upper-folders": ({ classes: number, inner }) =>
    `Read as ${classes(number)} from outer folders; folders within them, such as ${some(inner)}, are put together.`,
  "file-names": ({ classes: number }) => `Kaggle-style names: ${classes(number)} from file names.`,
  table: ({ classes: number, file, column }) =>
    `Table of labels: ${classes(number)} from ${column ? `the column “${column}” of ` : ""}${file}.`,
  "split-lists": ({ classes: number }) => `${classes(number)} from folders, splits from the lists beside them.`,
  "photo-set": ({ classes: number }) => `Photos downloaded from Headstart: ${classes(number)}.`,
  "no-classes": () => "No class was found for them: sort them on this page, or put them into one folder per class.",
  "names-in": () => "",
  packed: ({ kind, classes: number }) => `${PACKED[kind]}: ${classes(number)}.`,
};

const REMARKS: Sayings<"remark", Remark> = {
  masks: ({ photos: number }) =>
    plural(number, { one: "Left out # mask.", other: "Left out # masks: pictures that mark places on other photos." }),
  unlabelled: ({ folders, photos: number }) =>
    plural(number, {
      one: `# photo in ${some(folders)} has no label and is in “Unsorted”.`,
      other: `# photos in ${some(folders)} have no labels and are in “Unsorted”.`,
    }),
  boxes: ({ file }) =>
    `${file} holds boxes around things, which Headstart does not learn. Cut the things out, or give one label per photo.`,
  segmentations: ({ file }) =>
    `${file} holds outlines of things, which Headstart does not learn. Give one label per photo.`,
  "multi-label": ({ file }) =>
    `${file} gives photos several labels, and Headstart learns one per photo. Keep one label in each row, then add it again.`,
  "no-label-column": ({ file }) =>
    `${file} names photos, and no column of it could be read as classes. Call the column with the classes “label”, then add it again.`,
  "table-too-large": ({ file, bytes: size, most }) =>
    `${file} has ${bytes(size)} and was not read; a table of labels may have ${bytes(most)}. Keep only its columns for file and label.`,
  "code-page": ({ codePage }) =>
    `The names in the zip do not say their code page; they were read as ${CODE_PAGES[codePage]}.`,
  "damaged-table": ({ file }) => `${file} is damaged and was not read. Download it or save it again.`,
};

function say<Values>(sayings: object, code: string, values: Values): string {
  return (sayings as Readonly<Record<string, (values: Values) => string>>)[code]?.(values) ?? "";
}

const remark = (each: Remark) => say(REMARKS, each.remark, each);

interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export const layouts = {
  title: "How to read these files",
  /** @param archive its name; null for what was dropped in folders */
  explanation: (archive: string | null) =>
    `${archive ?? "What you added"} can be read in more than one way. Choose what you meant; nothing is added until you choose.`,
  use: "Use this",
  reading: (understood: Understood) => say(READINGS, understood.layout, understood),
  counts: ({ classes: number, unsorted }: { classes: number; unsorted: number }) =>
    [classes(number), ...(unsorted ? [`${photos(unsorted)} unsorted`] : [])].join(", "),
  className: ({ name, photos: number }: { name: string; photos: number }) => `${name}: ${photos(number)}`,
  /** Those that are fixed to a split; empty when none is. */
  splits: ({ train, validation, test }: SplitCounts) =>
    [
      ...(train ? [`${count(train)} to train`] : []),
      ...(validation ? [`${count(validation)} to validate`] : []),
      ...(test ? [`${count(test)} to test`] : []),
    ].join(", "),
  moreClasses: (number: number) => plural(number, { one: "and # more class", other: "and # more classes" }),
  examples: "Examples",
  /** @param className null without one */
  example: ({ path, className }: { path: string; className: string | null }) => `${path}: ${className ?? "unsorted"}`,
  remark,
  /** Sentences on how a tree was read; none where it needs no word. */
  understood: ({ understood, remarks, classes: number }: UnderstoodTree): string[] =>
    [say(UNDERSTOOD, understood.layout, { ...understood, classes: number }), ...remarks.map(remark)].filter(Boolean),
  takeBack: "Take back",
  changedSince: "Something was changed since these photos came in. Take that back first.",
  contradictions: (
    all: readonly { readonly fileName: string; readonly staysIn: string; readonly otherClass: string }[],
  ) => {
    const [first] = all;
    return first && all.length === 1
      ? `${first.fileName} is the same photo in two classes, “${first.staysIn}” and “${first.otherClass}”. It stays in “${first.staysIn}”.`
      : `${photos(all.length)} are in two classes at once. They stay in the first of them.`;
  },
  contradiction: ({ fileName, staysIn, otherClass }: { fileName: string; staysIn: string; otherClass: string }) =>
    `${fileName}: “${staysIn}” and “${otherClass}”`,
};
