/** The classes of a project as cards, and taking photos into one of them with the camera. */
import { link, rich } from "../rich.ts";
import { photos, plural } from "./language.ts";

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
  hint: "Turn the object while you hold the button: the model learns more from different sides.",
  taken: (number: number) => plural(number, { one: "# photo taken", other: "# photos taken" }),
  hold: "Hold to record",
  recording: "Recording …",
  done: "Done",
};
