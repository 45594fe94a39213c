import type { Hdf5Fault, KerasFault, LayerMisfit } from "../../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../../faults.ts";
import { bytes, count, list } from "../../language.ts";
import { fieldProblem } from "./fields.ts";

export const hdf5Faults: FaultWords<Hdf5Fault> = {
  "hdf5/unreadable": () => "The file is not an HDF5 file that can be read. Download or save it again.",
  "hdf5/cut-short": ({ bytes: size, expected }) =>
    `The file ends at byte ${count(size)} of ${count(expected)}: it is incomplete. Download or copy it again.`,
  "hdf5/damaged": ({ byte }) => `The HDF5 file is damaged at byte ${count(byte)}. Download or copy it again.`,
  "hdf5/unsupported": ({ feature }) =>
    `The HDF5 file uses what Headstart does not read: ${feature}. Save the model again in Keras.`,
  "hdf5/too-many-parts": ({ most }) =>
    `The HDF5 file has more than ${count(most)} parts, far more than any model that Keras saves. Choose another model.`,
  "hdf5/unpacks-to-too-much": ({ most }) =>
    `The weights in the HDF5 file unpack to more than ${bytes(most)}, far more than a file of its size can hold of a model. Choose another model.`,
  "hdf5/too-much-text": ({ most }) =>
    `The HDF5 file repeats its texts until they are more than ${bytes(most)}, as no model does that Keras saves. Choose another model.`,
  "hdf5/no-array": ({ array }) => `The file has no array “${array}”. Save the model again.`,
  "hdf5/not-float32": ({ array, type }) =>
    `“${array}” holds numbers of the type ${type}, not 32-bit floating-point numbers. Save the model in float32.`,
  "hdf5/beyond-end": ({ array, bytes: size }) =>
    `“${array}” reaches beyond the end of the file, byte ${count(size)}. Download or copy it again.`,
};

const ONCE_MORE = "Save the whole model again in Keras.";
const NOT_READ = "Change the model, or choose another one.";

export const kerasFaults: FaultWords<KerasFault> = {
  "keras/weights-alone": ({ known }) =>
    `The file holds weights without their layers, and they are of no network that Headstart knows by its weights alone (${list(known)}). Save the whole model in Keras, as .keras or .h5.`,
  "keras/no-weights": () =>
    "The HDF5 file holds no Keras weights: it has neither “layer_names” nor “layers”. Add a file that Keras saved.",
  "keras/no-description": () => `The Keras file does not describe a model's layers. ${ONCE_MORE}`,
  "keras/damaged-description": () =>
    `The description of the model's layers in the .h5 file is damaged. Download it again, or save it again in Keras.`,
  "keras/no-layers": () => `The model has no layers. ${ONCE_MORE}`,
  "keras/several-ends": ({ model }) =>
    `“${model}” has several inputs or outputs; an image classifier has one of each. ${NOT_READ}`,
  "keras/too-many-layers": ({ most }) => `The model has more than ${most} layers. Choose a smaller one.`,
  "keras/too-deep": ({ most }) =>
    `The model has models within models, more than ${count(most)} deep. Choose a simpler one.`,
  "keras/misfit": ({ architecture, misfit }) =>
    `The file looks like ${architecture}, but ${misfitOf(misfit)}. Use the file that Keras Applications publishes.`,
  "keras/unknown-layer": ({ layer, type, known }) =>
    `Layer “${layer}” is a ${type}, which Headstart does not know. It reads ${list(known)}. ${NOT_READ}`,
  "keras/field": ({ layer, type, ...problem }) =>
    `Layer “${layer}” (${type}) cannot be read: ${fieldProblem(problem)}. ${NOT_READ}`,
  "keras/axis": ({ layer, type, axis }) =>
    `Layer “${layer}” (${type}) works along axis ${axis}; Headstart reads layers that work along the channels. ${NOT_READ}`,
  "keras/activation": ({ layer, type, activation }) =>
    `Layer “${layer}” (${type}) uses the activation “${activation}”, which Headstart does not know. ${NOT_READ}`,
  "keras/relu-threshold": ({ layer }) =>
    `Layer “${layer}” (ReLU) has a threshold, or a slope and a limit, which Headstart does not know. ${NOT_READ}`,
  "keras/operation": ({ layer, type, operation }) =>
    `Layer “${layer}” (${type}) computes “${operation}” in a way that Headstart does not know. ${NOT_READ}`,
  "keras/resizing": ({ layer, type, from, to }) =>
    `Layer “${layer}” (${type}) makes [${to}] of [${from}] within the model; Headstart reads that only where it is done to the photo itself. ${NOT_READ}`,
  "keras/no-call": ({ layer, type }) => `The inputs of layer “${layer}” (${type}) cannot be read. ${ONCE_MORE}`,
  "keras/shared-layer": ({ layer }) =>
    `Layer “${layer}” is used more than once, which Headstart cannot read. ${NOT_READ}`,
  "keras/unknown-source": ({ layer, source }) =>
    `Layer “${layer}” takes from “${source}”, which is not there. ${ONCE_MORE}`,
  "keras/second-input": ({ layer }) => `“${layer}” is a second input; an image classifier has one. ${NOT_READ}`,
  "keras/open-size": ({ layer }) => `The input “${layer}” has no fixed size. Save the model with one.`,
  "keras/layer-missing": ({ layer }) =>
    `The file names the layer “${layer}” but does not hold it. Download it again, or save it again in Keras.`,
  "keras/array-missing": ({ layer, array }) =>
    `Layer “${layer}” has no array “${array}” in the file: it is damaged. Download it again, or save it again in Keras.`,
  "keras/part-missing": ({ layer, part }) => `Layer “${layer}” has no ${part} in the file. ${ONCE_MORE}`,
};

function misfitOf(misfit: LayerMisfit): string {
  switch (misfit.kind) {
    case "missing":
      return `its layer “${misfit.layer}” is missing`;
    case "arrays":
      return `its layer “${misfit.layer}” has ${misfit.found} arrays, not ${misfit.expected}`;
    case "shape":
      return `the ${misfit.part} of its layer “${misfit.layer}” is [${misfit.found}], not [${misfit.expected}]`;
  }
}
