import type {
  DownloadFault,
  IntakeFault,
  KeptModelFault,
  PhotoFault,
  UnexpectedFault,
} from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";
import { bytes, count, list, plural } from "../language.ts";
import { shared } from "../shared.ts";

const ELSEWHERE = "Open it elsewhere and save it as a JPEG.";
const because = (message: string) => (message ? ` (${message})` : "");

type DataSet = Extract<IntakeFault, { readonly code: "file/data-set" }>;

const DATA_FILES: Readonly<Record<DataSet["kind"], string>> = {
  parquet: "a data set in a Parquet file",
  numpy: "a NumPy array",
  matlab: "a MATLAB file",
  idx: "an IDX file, as used by MNIST",
  pickle: "a Python pickle, such as CIFAR comes in",
  "cifar-binary": "a CIFAR binary file",
};

/** Those of files and photos stand behind the file's name. */
export const intakeFaults: FaultWords<IntakeFault | PhotoFault> = {
  "file/unreadable": () => "It cannot be read from the disk. Check that it is still there, and add it again.",
  "file/is-a-project": () => "It is a Headstart project. Open it by itself.",
  "file/zip-in-zip": ({ outer }) =>
    `It is an archive within ${outer}, too deep to be opened. Unpack ${outer} and add what it holds.`,
  "file/data-set": ({ kind }) =>
    `It is ${DATA_FILES[kind]}, which Headstart cannot read. Use the data set as photos: one folder of JPEG or PNG files per class.`,
  "file/too-many-folders": ({ most }) =>
    `A folder is a class, and there are more than ${count(most)} folders. Add fewer at a time.`,
  "photo/changed": () =>
    "It is damaged: its bytes have changed since it was saved. Add the photo again, or open an earlier copy of the project.",
  "photo/too-slow": ({ seconds }) =>
    `Decoding takes more than ${plural(seconds, { one: "# second", other: "# seconds" })}. ${ELSEWHERE}`,
  "photo/breaks-decoder": ({ message }) => `A decoder stopped unexpectedly${because(message)}. ${ELSEWHERE}`,
  "photo/undecodable": () => `It cannot be decoded: it may be damaged. Open it elsewhere and save it as a JPEG or PNG.`,
  "photo/no-canvas": () => "This browser cannot draw photos in the background. Use a current browser.",
  "decoder/ended": ({ message }) => `A decoder stopped unexpectedly${because(message)}. Try again.`,
};

const AS_FILES = "download the model's files some other way and add them as files.";

export const downloadFaults: FaultWords<DownloadFault> = {
  "download/no-address": ({ address }) =>
    `“${address}” is not a web address. Give the address of a model.json, or of a Keras, ONNX or TensorFlow Lite file, starting with https://.`,
  "download/not-allowed": ({ address, sources }) =>
    `This page may not fetch ${address}: only what lies below ${list(sources)}, and on this machine. Instead, ${AS_FILES}`,
  "download/unreachable": ({ host }) =>
    `${host} could not be reached: there is no connection, or it sends this page nothing. Check the connection, or ${AS_FILES}`,
  "download/refused": ({ host, status, path }) =>
    `${host} answered ${status} for ${path}. Check the address, or ${AS_FILES}`,
  "download/too-large": ({ host, most }) =>
    `${host} sends more than ${bytes(most)}, the most that a model can have. Check the address.`,
  "download/not-a-model": ({ address }) =>
    `${address} is neither a TensorFlow.js model.json nor a Keras, ONNX or TensorFlow Lite file. Give the address of the file itself.`,
  "download/other-host": ({ address, host, path }) =>
    `${address} names the weight file “${path}”, which does not lie on ${host}. Give the address of a model whose files lie together, or ${AS_FILES}`,
};

export const keptModelFaults: FaultWords<KeptModelFault | UnexpectedFault> = {
  "model/too-slow": ({ seconds }) =>
    `Reading the model was ended: it got no further for ${count(seconds)} s. Export the model again, or choose a smaller one.`,
  "model/reader-ended": ({ message }) =>
    `Reading the model ended before it was done${message ? ` (${message})` : ""}. Export the model again, or choose a smaller one.`,
  "base-model/gone": () => "This base model is no longer kept in this browser. Choose another or add it again.",
  "base-model/not-in-catalogue": ({ id }) => `The catalogue has no base model “${id}”. Choose another.`,
  "base-model/incomplete": ({ file }) =>
    `The built-in base model is incomplete: ${file} is missing on this server. Choose another base model, or tell the person who runs it.`,
  "base-model/photo-size": ({ name, side }) =>
    `“${name}” cannot take photos of ${count(side)} pixels per side. Choose its own input size.`,
  "classifier/damaged": ({ name }) =>
    `“${name}” cannot be used: it is damaged. Some of its weights are not numbers, so its predictions would be meaningless. Train it again, or open another model.`,
  "classifier/gone": () => "This model is no longer kept in this browser. Open another, or train it again.",
  "classifier/none": () => "There is no classifier yet. Train one, or open one on the Export page.",
  "worker/unexpected": ({ message }) => shared.unknownError(message),
};
