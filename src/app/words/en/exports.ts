/** The Export place. */
import type { PhotoSetLayout } from "../../../worker/protocol/index.ts";
import type { ExportsText, ExportText, LimitsText } from "../exports.ts";
import { bytes, dateTime, typed } from "./language.ts";

const of: ExportsText = {
  project: {
    name: "Headstart project",
    text: "Photos, labels, splits, settings, runs and the model in one zip, to keep or to open in another browser.",
  },
  "teachable-machine": {
    name: "Teachable Machine",
    text: "A zip that Teachable Machine’s library, ml5 and projects built on them load.",
  },
  tfjs: {
    name: "TensorFlow.js",
    text: "A layers-model with its labels and a description of its input, for your own pages and for Headstart.",
  },
  keras: {
    name: "Keras",
    text: "A .keras file that takes photos as they are, for Keras 3 on TensorFlow, JAX or PyTorch: to use, or to train further.",
  },
  "keras-h5": {
    name: "HDF5 (.h5)",
    text: "The same in one .h5 file, as Keras 2 and TensorFlow before 2.16 saved models. Many older programs read it.",
  },
  onnx: {
    name: "ONNX",
    text: "One file that takes photos as they are, for ONNX Runtime in Python, C#, Java, phones and browsers.",
  },
  tflite: {
    name: "TensorFlow Lite",
    text: "One file for phones and small computers, with its labels inside: MediaPipe Tasks, ML Kit and LiteRT take it as it is.",
  },
  "tflite-float16": {
    name: "TFLite, half the size",
    text: "TensorFlow Lite with weights of 16 bits instead of 32. Probabilities differ by about a thousandth.",
  },
  photos: {
    name: "Photos",
    text: "A zip of the photos as they came, with their classes and splits. Other tools read it, and so does Headstart.",
  },
};

const limits: LimitsText = {
  "teachable-machine/input-size": {
    takes: ({ side }) => `ml5 takes photos of ${typed(side)} pixels only`,
    sentence: ({ side }, input) =>
      `ml5 takes photos of ${typed(side)} pixels only; this model takes ${typed(input.side)}. Teachable Machine’s own library reads it.`,
  },
  "teachable-machine/crop": {
    takes: () => "its readers cut out the centre of each photo",
    sentence: () => "Its readers cut out the centre of each photo, while this model was trained on whole photos.",
  },
  "rejection/left-out": {
    takes: () => "it has no “None of these”",
    sentence: () => "It cannot hold “None of these”: its readers answer every photo with one of the classes.",
  },
  "rejection/unread": {
    takes: () => "“None of these” is read by Headstart alone",
    sentence: () =>
      "“None of these” is in it for Headstart, when it is opened here. Other programs answer every photo with one of the classes.",
  },
};

export const exports = {
  title: "Export",
  /** The way to the Train place, as long as there is no classifier. */
  trainFirst: "Train first",
  nothingYet:
    "What you make is yours: once there are photos, download the whole project; once trained, the classifier for other programs.",

  of,
  limits,
  formats: "Format",
  downloadTitle: (name: string) => `Download “${name}”`,
  download: "Download",
  needClassifier: "The other formats need a trained classifier.",

  photosTitle: "Download photos",
  downloadPhotos: "Download photos",
  /** How the photos lie in the zip. */
  arrangement: "Arrangement",
  arrangements: {
    folders: {
      name: "Folders",
      text: "A folder per split, in it a folder per class, and labels.csv beside them: what most tools expect.",
    },
    table: {
      name: "Table",
      text: "All photos in one folder, and labels.csv with the path, class and split of each.",
    },
    "hugging-face": {
      name: "Hugging Face",
      text: "A folder per split with a metadata.csv in each, as ImageFolder of the datasets library reads it.",
    },
  } satisfies Readonly<Record<PhotoSetLayout, ExportText>>,

  saveTitle: "Keep it here",
  saveText: "It stays in this browser and works offline, also after you train something else.",
  modelName: "Model name",
  save: "Save in this browser",
  saved: (name: string) => `Saved “${name}” in this browser.`,

  savedTitle: "Saved models",
  noneSaved: "None yet.",
  /** @param savedAt ISO 8601 */
  savedFacts: (classNames: readonly string[], size: number, savedAt: string) =>
    `${classNames.join(", ")} · ${bytes(size)} · ${dateTime(savedAt)}`,
  open: "Open",
  delete: "Delete",

  openTitle: "Open a project or a model",
  openText:
    "A Headstart project opens beside your others. A Teachable Machine export, or a TensorFlow.js, Keras, ONNX or TensorFlow Lite export from here, becomes the classifier in use; any other TensorFlow.js, Keras, ONNX or TensorFlow Lite model opens as a base model. A Teachable Machine project (.tm) adds its photos to this project.",
  openFile: "Open file",

  modelAlone: "Only the model file, without labels, samples and program",
  ownPhotos: "Include three of my photos as samples, not drawn pictures",
  /** It was read again and gave the same probabilities. */
  checked: (fileName: string) =>
    `${fileName} is in your downloads. It was opened again and gave the same probabilities for the sample pictures.`,
  downloaded: (fileName: string) => `${fileName} is in your downloads.`,
  openedClassifier: (name: string) => `Opened “${name}”. It is ready on the Use page.`,
  openedBaseModel: (name: string) => `Opened “${name}” as a base model. It is chosen on the Train page.`,
};
