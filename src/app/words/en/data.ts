/** The Data place: its views, the ways in for photos, and what is still missing before training. */
import type { ReadinessNote } from "../../../dataset/readiness.ts";
import type { SampleClassNames } from "../../../worker/protocol/index.ts";
import type { Place } from "../../places.ts";
import type { FaultWords } from "../faults.ts";
import { count, files, photos, plural } from "./language.ts";

export const data = {
  title: "Data",
  /** The link to the place that comes next. */
  next: "Train",
  views: { label: "Views", classes: "Classes", photos: "All photos", sort: "Sort", review: "Worth a look" },

  welcome: {
    title: "Show this page photos of different things, and it learns to tell them apart",
    private: "Everything stays in this browser: no photo is sent anywhere.",
    camera: {
      title: "With the camera",
      text: "Hold something in front of the camera and record it for a few seconds. Do so three times or more, then do the same with the next thing.",
    },
    folders: {
      title: "From folders",
      text: "Make one folder for each thing, such as “cats” and “dogs”, and drop them anywhere on this page. Ten photos of each are enough to start; a hundred are better.",
    },
    samples: { title: "Just looking", text: "Three classes of drawings, ready to train on in a few seconds." },
    /** Before a less common way in. */
    or: "Or",
  },

  addPhotos: "Add photos",
  addFolders: "Add folders",
  addZip: "Add zip",
  /** Opens the other ways to add photos, on a phone. */
  moreWays: "More ways to add",
  addClass: "Add class",
  useSamples: "Use sample photos",
  sampleClasses: { cups: "Cups", leaves: "Leaves", stars: "Stars" } satisfies SampleClassNames,
  loosePhotosGoTo: "Loose photos go to",

  adding: {
    label: "Adding photos",
    progress: ({ done, total }: { done: number; total: number }) => `${count(done)} of ${files(total)}`,
    /** Before it is known how many files there are. */
    starting: "Looking for photos …",
  },

  allPhotos: {
    label: "All photos",
    count: photos,
    shown: ({ shown, total }: { shown: number; total: number }) => `${count(shown)} of ${photos(total)}`,
    noneMatch: "No photos match. Remove a filter.",
    none: "No photos yet. Drop some anywhere on this page.",
  },

  /** What a drop does, by the place that is open. */
  drop: {
    Data: "Drop to add photos",
    Train: "Drop to add a base model",
    Evaluate: "Drop to add photos",
    Use: "Drop to classify photos",
    Export: "Drop to open a project or a model",
  } satisfies Readonly<Record<Place, string>>,
  /** @param path of the one file or folder that the browser could not open */
  unreadableFile: (path: string) =>
    `${path} cannot be read from the disk. Check that it is still there, then add it again.`,
  unreadableFiles: (number: number) =>
    plural(number, {
      one: "# file cannot be read from the disk. Check that it is still there, then add it again.",
      other: "# files cannot be read from the disk. Check that they are still there, then add them again.",
    }),

  readiness: {
    "classes/too-few": () => "Training needs photos in at least two classes.",
    "class/too-few-photos": ({ name, photos: number, needed }) =>
      `“${name}” has ${photos(number)}; it needs at least ${count(needed)}.`,
    "class/few-photos": ({ name, photos: number, enough }) =>
      `“${name}” has only ${photos(number)}; ${count(enough)} or more work better.`,
    "class/few-recordings": ({ name, recordings, enough }) =>
      `“${name}” has photos of only ${plural(recordings, { one: "# recording", other: "# recordings" })}, which stay together in training or in the test. Make ${count(enough)} or more, so that some can be tested on.`,
    "class/empty": ({ name }) => `“${name}” has no photos and is left out.`,
    "classes/unbalanced": ({ most, fewest }) =>
      `“${most.name}” has ${photos(most.photos)} but “${fewest.name}” only ${count(fewest.photos)}: ` +
      "classes with few photos are learned less well.",
    "photos/few-to-test-on": () =>
      "With so few photos, few are left for testing. Cross-validation (Train, More settings) tests every one of them.",
  } satisfies FaultWords<ReadinessNote>,
};
