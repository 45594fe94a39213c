/** Words of the place where a classifier is used. */
import { decimal, percent } from "./language.ts";

export const use = {
  trainFirst: "Train first",
  empty: "A trained classifier labels new photos and camera pictures here. Train one, or open one on the Export page.",
  next: "Export it",
  noneOfThese: "None of these",
  /** Behind it, before the classes that come nearest. */
  unlikeAll: "Unlike the photos of all classes. It comes nearest to:",
  photos: {
    title: "Photos",
    advice:
      "Choose photos, a folder or an archive, or drop or paste them anywhere on this page. Many photos become a table.",
    choose: "Classify photos",
    list: "Predictions",
    working: "Classifying …",
  },
  camera: {
    title: "Live camera",
    picture: "Camera picture",
    advice: "Start the camera and point it at something.",
    start: "Start camera",
    stop: "Stop camera",
    mirror: "Mirror",
    /** Accessible name of the prediction. */
    prediction: "Live prediction",
    /** @param probability 0..1 */
    predicted: ({ className, probability }: { className: string; probability: number }) =>
      `${className} ${percent(probability)}`,
    /** Behind “None of these”, below the class that comes nearest. */
    unlikeAll: "It is unlike the photos of all classes.",
    rate: (framesPerSecond: number) => `${decimal(framesPerSecond, 1)} frames a second`,
  },
};
