/** Finds out what a handful of model files is, by what is in them. */
import * as v from "valibot";
import { type Feeding, LESS_MEAN_OVER_DEVIATION, MINUS_ONE_TO_ONE } from "../../network/architectures/architecture.ts";
import { checkClassifier, checkNetwork } from "../../network/check.ts";
import { NetworkError } from "../../network/errors.ts";
import { AS_THEY_ARE } from "../../network/feedings.ts";
import type { Classifier, Preprocessing } from "../../network/model.ts";
import type { Network } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import { nothingFound, refuseStandIns } from "./foreign-models.ts";
import { isHdf5 } from "./hdf5/superblock.ts";
import { scaledFeeding, toldFeeding } from "./keras-feeding.ts";
import { readKerasModel } from "./keras-model.ts";
import { isLite } from "./lite/model.ts";
import { readLite } from "./lite/network.ts";
import { readOnnx } from "./onnx/network.ts";
import { mayBeOnnx } from "./onnx/proto.ts";
import { readDescription } from "./own-classifier.ts";
import { baseName, joinShards, withoutMark } from "./shards.ts";
import { isTeachableMachineMetadata, readTeachableMachine } from "./teachable-machine.ts";
import { refuseOtherMetadata, refuseOtherSenses } from "./teachable-machine-kinds.ts";
import { isTfjsClassifier, readTfjsClassifier } from "./tfjs-classifier.ts";
import { readGraphModel } from "./tfjs-graph.ts";
import { readLayersTopology } from "./tfjs-layers.ts";

export interface GivenFile {
  /** With folders, separated by `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type ModelFile =
  | { readonly kind: "classifier"; readonly classifier: Classifier; readonly bytes: number }
  | {
      readonly kind: "network";
      readonly name: string;
      readonly network: Network;
      readonly preprocessing: Preprocessing;
      /** Whether how its pixels are fed is a guess, since the files do not say. */
      readonly guessed: boolean;
      readonly bytes: number;
    };

/** Pixels. The largest of the known networks take 600. */
const MAX_SIDE = 2048;

const Manifest = v.object({
  modelTopology: v.record(v.string(), v.unknown()),
  weightsManifest: v.array(v.object({ paths: v.array(v.string()) })),
});

/**
 * Reads a TensorFlow.js model (layers or graph), a Teachable Machine export, this app's own, a Keras, ONNX or TensorFlow Lite
 * file, from files given together; those of a zip, or of a `.keras`, by themselves.
 *
 * Keras's known networks are fed as `readKerasModel` says, others of Keras's layers as their first layers tell (see `toldFeeding`);
 * a graph-model as TF Hub's are (pixel / 255, then what the graph itself says). What tells nothing is fed by a guess. They see the photo's centre, or the whole
 * photo where a layer stretches it.
 *
 * @throws FormatError saying which file is missing or wrong
 */
export function readModelFiles(files: readonly GivenFile[]): ModelFile {
  try {
    return read(files);
  } catch (error) {
    throw refused(error);
  }
}

function read(files: readonly GivenFile[]): ModelFile {
  refuseStandIns(files);
  const hdf5 = files.find(({ bytes }) => isHdf5(bytes));
  if (hdf5) return blaming(hdf5, () => readKeras(hdf5, files));
  const lite = files.find(({ bytes }) => isLite(bytes));
  if (lite) return blaming(lite, () => readLiteFile(lite));
  const onnx = files.find(isOnnx);
  if (onnx) return blaming(onnx, () => readOnnxFile(onnx, files));
  const json = files.flatMap((file) => {
    const parsed = parseJson(file);
    return parsed === undefined ? [] : [{ path: file.path, parsed }];
  });
  const model = json.find(({ parsed }) => v.is(Manifest, parsed));
  if (!model) throw new FormatError(nothingFound(files));
  for (const each of json) blaming(each, () => refuseOtherMetadata(each.parsed));
  return blaming(model, () => readTfjs(model, json, files));
}

interface JsonFile {
  readonly path: string;
  readonly parsed: unknown;
}

/** @param json all files of JSON, of which one may hold a classifier's labels */
function readTfjs(model: JsonFile, json: readonly JsonFile[], files: readonly GivenFile[]): ModelFile {
  const { modelTopology, weightsManifest } = v.parse(Manifest, model.parsed);
  const weights = joinShards(
    files,
    weightsManifest.flatMap(({ paths }) => paths),
    model.path,
  );
  const metadata = json.find(({ parsed }) => isTeachableMachineMetadata(parsed))?.parsed;
  if (isTfjsClassifier(model.parsed)) {
    return { kind: "classifier", classifier: readTfjsClassifier(model.parsed, weights), bytes: weights.length };
  }
  if (metadata !== undefined) {
    const classifier = readTeachableMachine(model.parsed, weights, metadata);
    return { kind: "classifier", classifier, bytes: weights.length };
  }
  return "node" in modelTopology
    ? readGraph(model.parsed, weights, folderOf(model.path))
    : readLayers(model.parsed, weights, folderOf(model.path));
}

/** Classifiers are checked by those who read them, for project files too. */
function sound<Model extends { readonly network: Network }>(model: Model): Model {
  checkNetwork(model.network);
  return model;
}

function readKeras({ bytes }: GivenFile, files: readonly GivenFile[]): ModelFile {
  const beside = (name: string) => files.find((file) => baseName(file.path) === name);
  const [config, metadata] = [beside("config.json"), beside("metadata.json")].map((file) => file && parseJson(file));
  const model = sound(readKerasModel(bytes, { config, metadata }));
  const { name, network, feeding, squashes, description } = model;
  if (description !== null) {
    return { kind: "classifier", classifier: ownClassifier(network, description), bytes: bytes.length };
  }
  const fed = preparing(network, { told: feeding, guess: MINUS_ONE_TO_ONE, squashes });
  return { kind: "network", name, network, ...fed, bytes: bytes.length };
}

/** By its name too, since its bytes have no signature. */
export function isOnnx({ path, bytes }: GivenFile): boolean {
  return /\.onnx$/i.test(withoutMark(path)) && mayBeOnnx(bytes);
}

function readLiteFile({ path, bytes }: GivenFile): ModelFile {
  const { network, description } = sound(readLite(bytes));
  if (description !== null) {
    return { kind: "classifier", classifier: ownClassifier(network, parsed(description)), bytes: bytes.length };
  }
  const fed = preparing(network, { told: scaledFeeding(network), guess: MINUS_ONE_TO_ONE });
  return { kind: "network", name: ownName(path), network, ...fed, bytes: bytes.length };
}

function ownName(path: string): string {
  return baseName(path).replace(/\.\w+$/, "");
}

/**
 * ONNX does not tell how a model is fed. With the channels first it most likely comes from PyTorch, whose networks are fed with
 * ImageNet's mean and deviation; with the channels last, from Keras or TensorFlow.
 */
function readOnnxFile({ path, bytes }: GivenFile, files: readonly GivenFile[]): ModelFile {
  const beside = (name: string) => files.find((file) => baseName(file.path) === name)?.bytes;
  const { network, channelsFirst, description } = sound(readOnnx(bytes, beside));
  if (description !== null) {
    return { kind: "classifier", classifier: ownClassifier(network, parsed(description)), bytes: bytes.length };
  }
  const guess = channelsFirst ? LESS_MEAN_OVER_DEVIATION : MINUS_ONE_TO_ONE;
  const fed = preparing(network, { told: scaledFeeding(network), guess });
  return { kind: "network", name: ownName(path), network, ...fed, bytes: bytes.length };
}

/** @throws FormatError when it is no JSON */
function parsed(description: string): unknown {
  return parseJson({ path: "", bytes: new TextEncoder().encode(description) });
}

/** One of this app's own, which takes pixels as they are. */
function ownClassifier(network: Network, description: unknown): Classifier {
  const { version: _, ...described } = readDescription(description);
  const preprocessing = { ...described.preprocessing, ...AS_THEY_ARE };
  const classifier = { ...described, preprocessing, network };
  checkClassifier(classifier);
  return classifier;
}

/** The file that is to blame, named in what is thrown. */
function blaming<T>({ path }: { readonly path: string }, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const known = refused(error);
    if (!(known instanceof FormatError)) throw known;
    throw new FormatError({ code: "model/in-file", file: baseName(path), problem: known.fault });
  }
}

/** The reason why no model was read, as one of the format's; anything else as it is. */
function refused(error: unknown): unknown {
  if (error instanceof NetworkError) return new FormatError({ code: "model/network", problem: error.fault });
  // What makes the reader run out of stack or memory is no model that could be used.
  return error instanceof RangeError ? new FormatError({ code: "model/exhausting", message: error.message }) : error;
}

/** Whether the files hold a TensorFlow graph rather than Keras layers. */
export function isGraphModel(files: readonly GivenFile[]): boolean {
  const isGraph = v.object({ modelTopology: v.object({ node: v.array(v.unknown()) }) });
  return files.some((file) => v.is(isGraph, parseJson(file)));
}

function readLayers(modelJson: unknown, weights: Uint8Array, folder: string | undefined): ModelFile {
  const topology = sound(readLayersTopology(modelJson, weights));
  const { network, squashes } = topology;
  const fed = preparing(network, { told: toldFeeding(topology), guess: MINUS_ONE_TO_ONE, squashes });
  return { kind: "network", name: folder ?? network.name, network, ...fed, bytes: weights.length };
}

function readGraph(modelJson: unknown, weights: Uint8Array, folder: string | undefined): ModelFile {
  const { network, inputScale, inputOffset } = sound(readGraphModel(modelJson, weights));
  const scale = inputScale / 255;
  const feeding: Feeding = {
    channelOrder: "RGB",
    scale: [scale, scale, scale],
    offset: [inputOffset, inputOffset, inputOffset],
  };
  const isScaled = inputScale !== 1 || inputOffset !== 0;
  const fed = preparing(network, { told: isScaled ? feeding : null, guess: feeding });
  return { kind: "network", name: folder ?? network.name, network, ...fed, bytes: weights.length };
}

interface FeedingFound {
  /** By the files; null when they do not say. */
  readonly told: Feeding | null;
  readonly guess: Feeding;
  readonly squashes?: boolean;
}

function preparing(
  network: Network,
  { told, guess, squashes = false }: FeedingFound,
): { preprocessing: Preprocessing; guessed: boolean } {
  const [height, width, channels] = network.input.shape;
  refuseOtherSenses(network.input.shape);
  if (height === undefined || width === undefined || channels !== 3) {
    throw new FormatError({ code: "model/not-for-photos", shape: network.input.shape });
  }
  if (Math.max(height, width) > MAX_SIDE) {
    throw new FormatError({ code: "model/photos-too-large", width, height, most: MAX_SIDE });
  }
  const preprocessing = { height, width, crop: squashes ? "squash" : "center", ...(told ?? guess) } as const;
  return { preprocessing, guessed: told === null };
}

/** Bytes of a `model.json`; NASNet-Large's has three million. */
const MAX_DESCRIPTION = 32e6;

function parseJson({ path, bytes }: GivenFile): unknown {
  const start = bytes.find((byte) => byte > 32);
  if (start !== 0x7b) return undefined;
  if (bytes.length > MAX_DESCRIPTION) {
    const file = baseName(path);
    throw new FormatError({ code: "model/description-too-long", file, bytes: bytes.length, most: MAX_DESCRIPTION });
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function folderOf(path: string): string | undefined {
  return path.split("/").at(-2);
}
