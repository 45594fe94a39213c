/** Teachable Machine's own library, `@teachablemachine/image`, used as its README and its web app use it. */
import * as tf from "@tensorflow/tfjs";
import { writeLayersModel } from "../src/formats/models/tfjs-layers-write.ts";
import { cutTop } from "../src/network/cut.ts";
import type { BaseModel } from "../src/network/model.ts";

const SIDE = 224;

/** What of the library is used here. */
interface TeachableMobileNet {
  examples: Float32Array[][];
  setLabels(labels: string[]): void;
  addExample(label: number, photo: HTMLCanvasElement): Promise<void>;
  train(
    settings: { denseUnits: number; epochs: number; learningRate: number; batchSize: number },
    callbacks: object,
  ): Promise<unknown>;
  predict(photo: HTMLCanvasElement): Promise<{ className: string; probability: number }[]>;
  readonly truncatedModel: { dispose(): void };
  readonly trainingModel?: object;
  dispose(): void;
}

interface TmImage {
  createTeachable(
    metadata: object,
    options: { checkpointUrl: unknown; trainingLayer: string },
  ): Promise<TeachableMobileNet>;
}

/** A fresh, untrained one on the same base model, on the same TensorFlow.js. */
export async function createPeer(base: BaseModel, labels: string[]): Promise<TeachableMobileNet> {
  // It pools the feature map itself.
  const network = cutTop(base.network);
  const { tmImage } = globalThis as unknown as { tmImage: TmImage };
  const { modelJson, weights } = writeLayersModel(network);
  const { modelTopology, weightsManifest } = modelJson as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const checkpoint = tf.io.fromMemory({
    modelTopology,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: weights.slice().buffer,
  });
  const metadata = { tfjsVersion: tf.version.tfjs, labels };
  const peer = await tmImage.createTeachable(metadata, { checkpointUrl: checkpoint, trainingLayer: network.output });
  peer.setLabels(labels);
  return peer;
}

/** The library's own `dispose` fails for an untrained one. */
export function disposePeer(peer: TeachableMobileNet): void {
  if (peer.trainingModel) peer.dispose();
  else peer.truncatedModel.dispose();
}

/** A photo as the web app hands it to the library: decoded by an `<img>`, its centre drawn on a canvas of the input's size. */
export async function peerCanvas(photo: Blob): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = URL.createObjectURL(photo);
  await image.decode();
  URL.revokeObjectURL(image.src);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const scale = SIDE / Math.min(image.width, image.height);
  const width = Math.ceil(image.width * scale);
  const height = Math.ceil(image.height * scale);
  canvas
    .getContext("2d")
    ?.drawImage(image, -Math.trunc((width - SIDE) / 2), -Math.trunc((height - SIDE) / 2), width, height);
  return canvas;
}
