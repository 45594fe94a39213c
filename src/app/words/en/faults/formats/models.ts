import type { ModelFilesFault } from "../../../../../worker/protocol/faults.ts";
import { type FaultWords, sentence } from "../../../faults.ts";
import { bytes, count, files, list } from "../../language.ts";
import { networkFaults } from "../network.ts";

export const modelFaults: FaultWords<Exclude<ModelFilesFault, { readonly code: "model/in-file" }>> = {
  "model/none": ({ files: names }) =>
    `There is no model in ${names.length ? list(names) : "these files"}. Add a TensorFlow.js model.json with its weight files, a Teachable Machine export, or a Keras (.keras, .h5), ONNX or TensorFlow Lite file.`,
  "model/weights-alone": () => "The weights are here but not their model.json. Add both together.",
  "model/git-lfs": ({ file }) =>
    `${file} only points to the real file (Git LFS). Download the file itself: on its page with “Download”, or with “git lfs pull”.`,
  "model/web-page": ({ file }) =>
    `${file} is a web page under a model's name. Download the file itself: its page most likely has a “Download” or “Raw” link.`,
  "model/other-kind": ({ file, kind }) =>
    `${file} is a model for ${kind}, which Headstart does not read. Save it in Keras as .keras or .h5, or export it for ONNX or TensorFlow.js.`,
  "model/network": ({ problem }) => sentence(networkFaults, problem),
  "model/exhausting": ({ message }) =>
    `The model is damaged or too large (${message}). Export it again, or choose a smaller one.`,
  "model/weight-file-missing": ({ file }) =>
    `The model names ${file}, which is not among the files. Add them all together.`,
  "model/weight-file-twice": () => "The model names a weight file twice. Export the model again.",
  "model/too-many-shards": ({ shards, most }) =>
    `The model names ${files(shards)} of weights; a model may have ${count(most)}. Export the model again, or choose another one.`,
  "model/description-too-long": ({ file, bytes: size, most }) =>
    `${file} has ${bytes(size)}; the description of a model may have ${bytes(most)}. Export the model again, or choose another one.`,
  "model/too-many-arrays": ({ most }) =>
    `The model's weights come in more than ${count(most)} arrays, far more than any model for photos has. Choose another model.`,
  "model/too-many-bytes": ({ bytes: size, most }) =>
    `The files have ${bytes(size)} together; a model may have ${bytes(most)}. Add only the model's files.`,
  "model/unpacks-to-too-much": ({ bytes: size, packed }) =>
    `The zip has ${bytes(packed)} and would unpack to ${bytes(size)}, as no model does. Choose another one.`,
  "model/too-many-files": ({ files: found, most }) =>
    `These are ${files(found)}; a model may have ${count(most)}. Add only the model's files.`,
  "model/not-for-photos": ({ shape }) =>
    `The model takes [${shape}], not colour photos of a fixed size. Choose a model for photos.`,
  "model/photos-too-large": ({ width, height, most }) =>
    `The model takes photos of ${count(width)} × ${count(height)} pixels; the most is ${count(most)} per side. Choose a model for smaller photos.`,
  "teachable-machine/grey": () =>
    "This Teachable Machine model takes grey pictures (“embedded”). Export its standard model.",
  "teachable-machine/pose": () =>
    "This is a Teachable Machine pose model: it takes body positions, not photos. Choose one that was made as an image project.",
  "teachable-machine/sound": () =>
    "This is a Teachable Machine sound model: it takes sound, not photos. Choose one that was made as an image project.",
  "teachable-machine/operation": ({ node, op }) =>
    `“${node}” is a ${op}, which Teachable Machine's library cannot run. Use the TensorFlow.js export, or train with another base model.`,
};
