/** Base models: which there are, what is known of them, and where they come from. */
import type { Feeding } from "../../../network/architectures/architecture.ts";
import { commonRange, type UsualFeeding, usualFeeding } from "../../../network/feedings.ts";
import type { BaseModelCredits, MeasuredModel, MeasuredSet } from "../../../network/measurements.ts";
import type { BaseModelCard } from "../../../network/model.ts";
import type { BaseModelNote, BaseModelOrigin } from "../../../worker/protocol/index.ts";
import { link, rich, strong } from "../rich.ts";
import { bytes, count, decimal, millions, percent, typed } from "./language.ts";

/** How good a base model is, as far as it is known. */
const notes: Readonly<Record<BaseModelNote, string>> = {
  "built-in":
    "Ships with the app and works offline. On the photos that we tried it is at least as accurate as MobileNetV2 0.35 and 1.00.",
  "best-value":
    "The fast one: about a fifth of the built-in model’s time per photo, and less accurate. Teachable Machine uses the same one.",
  "older-family": "An older family, for comparison.",
  "in-between": "Between 0.35 and 1.00 in size and accuracy.",
  "more-accurate": "Clearly more accurate than 0.35, and five times as much work for each photo.",
  wider: "A little more accurate than 1.00, and slower.",
  widest: "The largest and slowest of its family.",
  textbook: "Simple, large and slow. Often used in textbooks.",
  heavy: "Accurate, but large and slow.",
  "heavy-larger-photos": "Accurate, but large and slow. It uses larger photos than the others.",
};

function origin(from: BaseModelOrigin): string {
  switch (from.kind) {
    case "built-in":
      return "built in";
    case "file":
      return "your file";
    case "project-file":
      return "a project file";
    case "host":
      return from.host;
  }
}

/** What pixels are made before a network gets them. */
const feedings: Readonly<Record<UsualFeeding, string>> = {
  "minus-one-to-one": "−1 to 1",
  "zero-to-one": "0 to 1",
  "mean-and-deviation": "ImageNet’s mean and deviation",
  "as-they-are": "0 to 255",
  "mean-colour": "less ImageNet’s mean colour, blue first",
};

export function fedWith(feeding: Feeding): string {
  const [usual, range] = [usualFeeding(feeding), commonRange(feeding)];
  if (usual) return feedings[usual];
  if (!range) return "each colour scaled by itself";
  const [low, high] = range.map((end) => decimal(end, 2).replace("-", "−"));
  return `${low} to ${high}${feeding.channelOrder === "BGR" ? ", blue first" : ""}`;
}

export const base = {
  title: "Base model",
  onThisMachine: "On this machine",
  toDownload: "To download",
  option: ({ name, bytes: size, host }: { name: string; bytes: number; host: string }) =>
    `${name} (${bytes(size)}, ${host})`,
  /** For one of several that have the same name. */
  optionFed: ({ name, preprocessing }: Pick<BaseModelCard, "name" | "preprocessing">) =>
    `${name} (pixels ${fedWith(preprocessing)})`,
  useAnother: "Use another model",
  accepted:
    "A Keras file (.keras, .h5, .weights.h5), an ONNX or TensorFlow Lite file (.onnx, .tflite), or a TensorFlow.js model or Teachable Machine export: its model.json with the weight files, or a zip of them.",
  add: "Add base model",
  inputSize: "Input size",
  pixels: ({ width, height }: { width: number; height: number }) => `${width} × ${height} pixels`,
  pixelValues: "Pixels",
  feedings,
  fed: ({ preprocessing, fedBy }: Pick<BaseModelCard, "preprocessing" | "fedBy">) => {
    const values = fedWith(preprocessing);
    if (fedBy === undefined) return values;
    return `${values} (${fedBy === "guess" ? "a guess" : "your choice"}: the file does not say)`;
  },
  fedUnknown: (by: "guess" | "choice") =>
    by === "guess"
      ? "This model’s file does not say how pixels are to be scaled, so this is a guess. If it is wrong, results are worse. If you know better, change it here."
      : "This model’s file does not say how pixels are to be scaled. It is used as you chose.",
  parameters: "Parameters",
  multiplyAdds: "Multiply-adds per photo",
  millions,
  embedding: "Embedding",
  numbersLong: (length: number) => `${count(length)} numbers`,
  fileSize: "Size",
  bytes,
  from: "From",
  madeBy: "Trained by",
  maker: ({ maker, trainedOn }: Pick<BaseModelCredits, "maker" | "trainedOn">) => `${maker}, on ${trainedOn}`,
  licence: "Licence",
  notice: "notice",
  more: "Facts, input size, other models",
  measured: {
    title: "Test accuracy on four sets of photos",
    explanation:
      "Measured with a simple classifier on the frozen embeddings; time per photo on WebAssembly with two threads.",
    model: "Base model",
    /** @param side pixels */
    modelAt: ({ name, side, msPerPhoto }: Pick<MeasuredModel, "name" | "side" | "msPerPhoto">) =>
      `${name}, ${typed(side)} px, ${decimal(msPerPhoto, 1)} ms`,
    sets: {
      "cats-and-dogs": "Cats and dogs",
      "five-flowers": "Five flowers",
      "rock-paper-scissors": "Rock, paper, scissors",
      "cifar-10": "CIFAR-10",
    } satisfies Readonly<Record<MeasuredSet, string>>,
    percent,
  },
  /** The project's choice, in the list of base models, when it is not here. */
  missingOption: "not in this browser",
  missing: ({ shippedEarlier, builtIn }: { shippedEarlier: boolean; builtIn: string }) =>
    shippedEarlier
      ? `This project was made with MobileNetV2 0.50, the base model that came with an earlier version of Headstart. It is no longer included. Models trained with it still work, since each holds its own copy. To train again, take ${builtIn}, which is more accurate, or another base model.`
      : `The base model of this project is not in this browser. Models trained with it still work, since each holds its own copy. To train again, add it below, take ${builtIn}, or choose another base model.`,
  takeInstead: (name: string) => `Use ${name}`,
  remove: "Remove from this browser",
  ownSize: (side: number) => `${side} pixels, as it was trained`,
  size: (side: number) => `${side} pixels`,
  slow: (ms: number) =>
    `This machine takes ${typed(Math.round(ms))} ms per photo. With photos of 160 pixels it is about half of that, and the classifier is usually 1 to 3 points less accurate.`,
  useSmaller: "Use 160 pixels",
  fetches: ({ bytes: size, host }: { bytes: number; host: string }) =>
    `This downloads ${bytes(size)} from ${host}, once. That host sees your network address; your photos stay here.`,
  download: "Download",
  ifRefused: rich`If that host refuses, download ${link("the Keras file")} yourself and add it below.`,
  notes,
  origin,
  recommended: ({ name, note }: { name: string; note: BaseModelNote | null }) =>
    rich`${strong("For a slow machine:")} ${name}. ${note ? notes[note] : ""}`,
  get: (size: number) => `Get it (${bytes(size)})`,
  address: "Model address",
  addressExample: "https://…/model.json or ….h5",
  fetch: "Fetch",
};
