/** The classes of a project as cards, and taking photos into one of them with the camera. */

import type { Recordings } from "../../../dataset/recordings.ts";
import { link, rich } from "../rich.ts";
import { count, photos, plural, typed } from "./language.ts";

/** Recordings that a line has room for. */
const MOST_NAMED = 6;

export const classes = {
  /** The class of photos that nobody has sorted yet. */
  unsorted: "Unsorted",
  /** The name of a class that has none yet. */
  numbered: (number: number) => `Class ${number}`,
  /** In place of the name of a class that has been deleted. */
  deleted: "a deleted class",

  name: "Class name",
  count: photos,
  photosOf: (className: string) => `Photos of ${className}`,
  unsortedNote: rich`These photos take no part in training until they have a class. ${link("Sort them")} one by one, or select some and move them.`,
  empty:
    "No photos yet. Choose this class under “Loose photos go to” and drop or paste some photos, or capture some from " +
    "the camera.",
  capture: "Capture from camera",
  delete: "Delete class",
  /** “Unsorted” is no class. */
  deleteUnsorted: "Delete unsorted photos",
  /** Of one class among many. */
  showPhotos: "Show photos",
  hidePhotos: "Hide photos",
  openAll: "Open all classes",
  closeAll: "Close all classes",

  options: "Class options",
  moveUp: "Move up",
  moveDown: "Move down",
  mergeInto: "Merge into",
  /** Shown before a class is chosen. */
  mergeIntoWhich: "Merge into …",
  /** On the button that does it. */
  merge: "Merge",
  colour: "Colour",
};

export const capture = {
  title: (className: string) => `Photos of “${className}”`,
  picture: "Camera picture",
  hint: "Tap the button for one photo, or hold it and turn the object: the model learns more from different sides.",
  /** “Recording 1: 34 photos, Recording 2: 12 photos”, of many the latest. */
  recordings: ({ long, single }: Recordings) => {
    const hidden = Math.max(0, long.length - MOST_NAMED);
    const named = long.slice(hidden).map((number, at) => `Recording ${hidden + at + 1}: ${photos(number)}`);
    const earlier = plural(hidden, { one: "# earlier recording", other: "# earlier recordings" });
    const alone = plural(single, { one: "# single photo", other: "# single photos" });
    return [...(hidden ? [earlier] : []), ...named, ...(single ? [alone] : [])].join(", ");
  },
  /** Why there should be several. */
  together: ({ recordings, enough }: { recordings: number; enough: number }) =>
    recordings < enough
      ? `Each recording stays together, in training or in the test. Make ${count(enough)} or more, each at another place or from another side, so that some can be tested on.`
      : "Each recording stays together, in training or in the test.",
  /** When the camera showed what it had shown before. */
  same: "The picture is exactly one that is here already, so that nothing was added.",
  hold: "Hold to record",
  timer: {
    start: "Start timer",
    stop: "Stop timer",
    /** Said while it waits. */
    starts: "The recording starts in 3 seconds.",
    /** Over the picture. */
    left: count,
    seconds: "Timer records for",
    for: (seconds: number) => plural(seconds, { one: "# second", other: "# seconds" }),
  },
  settings: "Camera settings",
  resolution: "Resolution",
  pixelsWide: (width: number) => `${typed(width)} pixels wide`,
  /** Photos are kept as they are seen. */
  mirror: "Mirror",
  recording: "Recording …",
  done: "Done",
};
