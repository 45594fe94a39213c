/** How good heads get on the same embeddings: ours as it comes, and Teachable Machine's recipe by its own library. */
import * as tf from "@tensorflow/tfjs";
import { createRandom, shuffled } from "../src/dataset/random.ts";
import { Embedder } from "../src/engine/embed.ts";
import { type EmbeddingMatrix, gatherRows, matrixOf } from "../src/engine/embedding-rows.ts";
import { predictFromEmbeddings } from "../src/engine/train-head.ts";
import type { BaseModel } from "../src/network/model.ts";
import { fitOwnHead } from "./own-head.ts";
import { createPeer, disposePeer } from "./peer.ts";

/** Plain arrays: they leave the page. */
export interface Embedded {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** Embeddings come as the base64 of their 32-bit numbers, one row after another. */
interface Given {
  readonly values: string;
  readonly labels: readonly number[];
}

export interface HeadsAsked {
  /** Training photos of each class; null for all. */
  readonly perClass: number | null;
  readonly draw: number;
}

/** One photo set: training photos, then test photos. */
interface PhotoSet {
  readonly matrix: EmbeddingMatrix;
  /** A class index per row. */
  readonly labels: readonly number[];
  /** The first so many rows are training photos. */
  readonly trainCount: number;
}

interface Score {
  readonly accuracy: number;
  /** Mean cross-entropy on the test photos, in nats. */
  readonly loss: number;
  /** Expected calibration error of the largest probability, ten bins of equal width (Guo et al. 2017, equation 3), 0..1. */
  readonly calibrationError: number;
}

let photoSet: PhotoSet = { matrix: matrixOf(new Float32Array(), 1), labels: [], trainCount: 0 };

/** What heads are compared on from now on. */
export async function useEmbeddings({ train, test }: { train: Given; test: Given }): Promise<void> {
  const read = async ({ values }: Given) =>
    new Float32Array(await (await fetch(`data:application/octet-stream;base64,${values}`)).arrayBuffer());
  const [some, others] = [await read(train), await read(test)];
  const values = new Float32Array(some.length + others.length);
  values.set(some);
  values.set(others, some.length);
  const matrix = matrixOf(values, some.length / train.labels.length);
  photoSet = { matrix, labels: [...train.labels, ...test.labels], trainCount: train.labels.length };
}

/** Embeds photos with a base model, in the worker's own way: decoded to its input, in batches. */
export async function embedAll(
  base: BaseModel,
  photos: readonly { readonly label: number; readonly url: string }[],
  decode: (blob: Blob) => Promise<Uint8ClampedArray>,
): Promise<Embedded> {
  const embedder = new Embedder(base);
  const rows: number[][] = [];
  for (let from = 0; from < photos.length; from += embedder.batchSize) {
    const some = photos.slice(from, from + embedder.batchSize);
    const pixels = await Promise.all(some.map(async ({ url }) => decode(await (await fetch(url)).blob())));
    for (const embedding of await embedder.embed(pixels)) rows.push([...embedding]);
  }
  embedder.dispose();
  return { rows, labels: photos.map(({ label }) => label) };
}

/** Of the training photos of a draw, ours holds back 15 % of each class to validate by; the library does so by itself. */
export async function compareHeads(
  base: BaseModel,
  { perClass, draw }: HeadsAsked,
): Promise<{ ours: Score; peer: Score; chosen: number[] }> {
  const { labels, trainCount } = photoSet;
  const random = createRandom(draw);
  const byClass = Array.from({ length: Math.max(...labels) + 1 }, (_, label) => {
    const own = [...labels.keys()].filter((at) => at < trainCount && labels[at] === label);
    return shuffled(own, random).slice(0, perClass ?? own.length);
  });
  const ours = scoreOf(await ownProbabilities(byClass, draw));
  return { ours, peer: scoreOf(await peerProbabilities(base, byClass)), chosen: byClass.flat() };
}

async function ownProbabilities(byClass: readonly number[][], draw: number): Promise<number[][]> {
  const { matrix, labels } = photoSet;
  const held = (own: readonly number[]) => Math.max(1, Math.round(0.15 * own.length));
  const { head, again } = await fitOwnHead({
    ...{ matrix, labels, classes: byClass.length, seed: draw },
    train: byClass.flatMap((own) => own.slice(held(own))),
    validation: byClass.flatMap((own) => own.slice(0, held(own))),
  });
  return predictFromEmbeddings(again ?? head, matrix, testRows());
}

async function peerProbabilities(base: BaseModel, byClass: readonly number[][]): Promise<number[][]> {
  const { matrix } = photoSet;
  const peer = await createPeer(
    base,
    byClass.map((_, label) => `class ${label}`),
  );
  peer.examples = byClass.map((own) => own.map((at) => matrix.row(at)));
  await peer.train({ denseUnits: 100, epochs: 50, learningRate: 0.001, batchSize: 16 }, {});
  const { trainingModel } = peer as unknown as { trainingModel: tf.LayersModel };
  const rows = gatherRows(matrix, testRows());
  const probabilities = tf.tidy(() => trainingModel.predict(tf.tensor2d(rows, [testRows().length, matrix.width])));
  const found = await (probabilities as tf.Tensor2D).array();
  tf.dispose(probabilities);
  disposePeer(peer);
  return found;
}

function testRows(): Int32Array {
  const { labels, trainCount } = photoSet;
  return Int32Array.from({ length: labels.length - trainCount }, (_, at) => trainCount + at);
}

/** Of the test photos' probabilities. */
export function scoreOf(probabilities: readonly (readonly number[])[]): Score {
  const labels = photoSet.labels.slice(photoSet.trainCount);
  const sure = probabilities.map((own) => Math.max(...own));
  const isRight = probabilities.map((own, at) => own.indexOf(sure[at] ?? 0) === labels[at]);
  const losses = probabilities.map((own, at) => -Math.log(Math.max(own[labels[at] ?? 0] ?? 0, 1e-7)));
  const gaps = new Float64Array(10);
  for (const [at, each] of sure.entries()) {
    const bin = Math.min(9, Math.floor(10 * each));
    gaps[bin] = (gaps[bin] ?? 0) + each - (isRight[at] ? 1 : 0);
  }
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, each) => sum + each, 0) / labels.length;
  return {
    accuracy: mean(isRight.map(Number)),
    loss: mean(losses),
    calibrationError: mean(gaps.map(Math.abs)),
  };
}
