/** Words that several places use. */
import { classes, count, percent, photos, plural, typed } from "./language.ts";

interface StandingFacts {
  readonly photos: number;
  readonly classes: number;
  /** Of the last run: 0..1, and how many photos it was tested on; null when none was tested. */
  readonly tested: { readonly accuracy: number; readonly photos: number } | null;
  /** Name of a classifier in use that no run of this project made. */
  readonly classifier: string | null;
}

interface ViewedFacts {
  readonly file: string;
  readonly size: { readonly width: number; readonly height: number } | null;
  /** From 1. */
  readonly at: number;
  readonly of: number;
}

const testPhotos = (value: number) => plural(value, { one: "# test photo", other: "# test photos" });

export const shared = {
  cancel: "Cancel",
  /** Under a choice that the arrow keys have only looked at. */
  enterChooses: "Press Enter to choose it.",
  tryAgain: "Try again",
  skip: "Skip to main content",
  /** Of a result that no longer matches the project. */
  stale: (changes: number) => `${plural(changes, { one: "# change", other: "# changes" })} since this run.`,
  trainAgain: "Train again",
  /** Where something should be that could not be drawn. @param message of the error, as the browser gives it */
  broken: {
    title: "Headstart stopped",
    app: (message: string) =>
      `Headstart cannot be shown because of a fault in the app (${message}). Nothing that was saved is lost. Try again.`,
    page: (message: string) =>
      `This page cannot be shown because of a fault in the app (${message}). The other pages still work, and nothing that was saved is lost. Try again.`,
    part: (message: string) => `This part cannot be shown because of a fault in the app (${message}). Try again.`,
  },
  /** Where the project stands, at the top of each place. */
  standing: ({ photos: photoCount, classes: classCount, tested, classifier }: StandingFacts) =>
    [
      photoCount ? photos(photoCount) : "No photos yet",
      ...(classCount ? [classes(classCount)] : []),
      ...(tested ? [`last run ${percent(tested.accuracy)} on ${testPhotos(tested.photos)}`] : []),
      ...(classifier ? [`using “${classifier}”`] : []),
    ].join(", "),
  camera: {
    choice: "Camera",
    /** Takes the other camera, as the one on the other side of a phone. */
    flip: "Other camera",
    default: "Default camera",
    /** A camera that tells no name. @param number from 1 */
    numbered: (number: number) => `Camera ${number}`,
    problems: {
      blocked: "The camera is blocked for this page. Allow it in the browser’s address bar, then try again.",
      missing: "No camera was found. Connect one, then try again.",
      taken: "Another program is using the camera. Close it there, then try again.",
      unsupported: "The browser gives this page no camera. Open the page at an https:// address or on localhost.",
    },
  },
  /** A photo shown large. */
  viewer: {
    /** On the photo itself. */
    enlarge: (file: string) => `Enlarge ${file}`,
    /** On a button beside the photo. */
    enlargeThis: "Enlarge",
    /** @param size pixels; null where they are not known. @param at from 1 */
    caption: ({ file, size, at, of }: ViewedFacts) =>
      [
        size ? `${file}, ${typed(size.width)} × ${typed(size.height)} pixels` : file,
        ...(of > 1 ? [`${count(at)} of ${count(of)}`] : []),
      ].join(" · "),
    previous: "Previous photo",
    next: "Next photo",
    close: "Close",
  },
  colours: {
    blue: "Blue",
    orange: "Orange",
    green: "Green",
    vermilion: "Vermilion",
    pink: "Pink",
    sky: "Sky blue",
    yellow: "Yellow",
    grey: "Grey",
  },
  /** @param message what the browser says of an error that is none of the app's own */
  unknownError: (message: string) => `Something unexpected went wrong (${message}). Try again.`,
};
