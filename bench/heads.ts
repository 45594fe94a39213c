/** How good heads get on the same embeddings: ours as it comes, and Teachable Machine's recipe by its own library. */
import * as tf from "@tensorflow/tfjs";
import { createRandom, shuffled } from "../src/dataset/random.ts";
import { Embedder } from "../src/engine/embed.ts";
import { matrixOf } from "../src/engine/embedding-rows.ts";
import { predictFromEmbeddings } from "../src/engine/train-head.ts";
import type { BaseModel } from "../src/network/model.ts";
import { fitOwnHead } from "./own-head.ts";
import { createPeer, disposePeer } from "./peer.ts";

/** Plain arrays: they leave the page. */
export interface Embedded {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

export interface HeadsAsked {
  readonly train: Embedded;
  readonly test: Embedded;
  /** Training photos of each class; null for all. */
  readonly perClass: number | null;
  readonly draw: number;
}

interface Score {
  readonly accuracy: number;
  /** Mean cross-entropy on the test photos, in nats. */
  readonly loss: number;
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
  { train, test, perClass, draw }: HeadsAsked,
): Promise<{ ours: Score; peer: Score; chosen: number[] }> {
  const classes = Math.max(...train.labels) + 1;
  const random = createRandom(draw);
  const byClass = Array.from({ length: classes }, (_, label) => {
    const own = [...train.labels.keys()].filter((at) => train.labels[at] === label);
    return shuffled(own, random).slice(0, perClass ?? own.length);
  });
  const ours = await ownScore(train, test, byClass, draw);
  return { ours, peer: await peerScore(base, train, test, byClass), chosen: byClass.flat() };
}

async function ownScore(train: Embedded, test: Embedded, byClass: readonly number[][], draw: number): Promise<Score> {
  const width = train.rows[0]?.length ?? 0;
  const matrix = matrixOf(Float32Array.from([...train.rows, ...test.rows].flat()), width);
  const labels = [...train.labels, ...test.labels];
  const held = (own: readonly number[]) => Math.max(1, Math.round(0.15 * own.length));
  const { head, again } = await fitOwnHead({
    ...{ matrix, labels, classes: byClass.length, seed: draw },
    train: byClass.flatMap((own) => own.slice(held(own))),
    validation: byClass.flatMap((own) => own.slice(0, held(own))),
  });
  const rows = Int32Array.from(test.labels, (_, at) => train.labels.length + at);
  return scoreOf(await predictFromEmbeddings(again ?? head, matrix, rows), test.labels);
}

async function peerScore(
  base: BaseModel,
  train: Embedded,
  test: Embedded,
  byClass: readonly number[][],
): Promise<Score> {
  const peer = await createPeer(
    base,
    byClass.map((_, label) => `class ${label}`),
  );
  peer.examples = byClass.map((own) => own.map((at) => Float32Array.from(train.rows[at] ?? [])));
  await peer.train({ denseUnits: 100, epochs: 50, learningRate: 0.001, batchSize: 16 }, {});
  const { trainingModel } = peer as unknown as { trainingModel: tf.LayersModel };
  const probabilities = tf.tidy(() => trainingModel.predict(tf.tensor2d(test.rows as number[][])) as tf.Tensor2D);
  const found = await probabilities.array();
  probabilities.dispose();
  disposePeer(peer);
  return scoreOf(found, test.labels);
}

function scoreOf(probabilities: readonly (readonly number[])[], labels: readonly number[]): Score {
  const right = probabilities.filter((own, at) => own.indexOf(Math.max(...own)) === labels[at]).length;
  const losses = probabilities.map((own, at) => -Math.log(Math.max(own[labels[at] ?? 0] ?? 0, 1e-7)));
  return { accuracy: right / labels.length, loss: losses.reduce((sum, loss) => sum + loss, 0) / labels.length };
}
