/** Words of the Train place, apart from its settings. */

import { rich, strong } from "../rich.ts";
import { bytes, count, duration, millions, percent } from "./language.ts";

export const training = {
  title: "Train",
  addPhotos: "Add photos",
  seeResult: "See how good it is",
  train: "Train",
  stop: "Stop",
  stopping: "Stopping …",
  status: "Training status",
  notYet: "Not trained yet",
  gettingReady: "Getting ready …",
  starting: "Training …",
  preparing: ({ done, total, secondsLeft }: { done: number; total: number; secondsLeft: number | null }) => {
    const left = secondsLeft === null || done >= total ? "" : `, ${duration(secondsLeft)} left`;
    return `Preparing photos: ${count(done)} of ${count(total)}${left}`;
  },
  fold: ({ fold, folds }: { fold: number; folds: number }) => `Cross-validation: fold ${fold} of ${folds}`,
  crossValidation: "Cross-validation",
  fineTuning: "Fine-tuning: the last blocks of the base model learn too.",

  course: {
    loss: "Loss",
    accuracy: "Accuracy",
    lowerIsBetter: "lower is better",
    higherIsBetter: "higher is better",
    training: "training",
    validation: "validation",
    fineTuning: "fine-tuning",
    best: (epoch: number) => `best epoch ${count(epoch)}`,
    empty: "Loss and accuracy appear here during training: for the photos it learns from, and for those it does not.",
    numbers: "The numbers",
    columns: {
      epoch: "Epoch",
      trainLoss: "Training loss",
      validationLoss: "Validation loss",
      trainAccuracy: "Training accuracy",
      validationAccuracy: "Validation accuracy",
    },
    epoch: (epoch: number) => `Epoch ${count(epoch)}`,
    accuracyTick: (share: number) => percent(share),
  },

  base: {
    title: "Base model",
    onThisMachine: "On this machine",
    toDownload: "To download",
    option: ({ name, bytes: size, host }: { name: string; bytes: number; host: string }) =>
      `${name} (${bytes(size)}, ${host})`,
    useAnother: "Use another model",
    accepted:
      "A Keras file (.keras, .h5, .weights.h5), or a TensorFlow.js model or Teachable Machine export: its model.json with the weight files, or a zip of them.",
    add: "Add base model",
    inputSize: "Input size",
    pixels: ({ width, height }: { width: number; height: number }) => `${width} × ${height} pixels`,
    parameters: "Parameters",
    multiplyAdds: "Multiply-adds per photo",
    millions,
    embedding: "Embedding",
    numbersLong: (length: number) => `${count(length)} numbers`,
    from: "From",
    remove: "Remove from this browser",
    ownSize: (side: number) => `${side} pixels, as it was trained`,
    size: (side: number) => `${side} pixels`,
    fetches: ({ bytes: size, host }: { bytes: number; host: string }) =>
      `This downloads ${bytes(size)} from ${host}, once. That host sees your network address; your photos stay here.`,
    download: "Download",
    ifRefused: (link: string) => `If that host refuses, download ${link} yourself and add it below.`,
    kerasFile: "the Keras file",
    cancelDownload: "Cancel download",
    recommended: ({ name, note }: { name: string; note: string }) => rich`${strong("For real work:")} ${name}. ${note}`,
    get: (size: number) => `Get it (${bytes(size)})`,
    address: "Model address",
    addressExample: "https://…/model.json or ….h5",
    fetch: "Fetch",
    downloaded: (size: number) => bytes(size),
  },
};
