/** Fitting a head to embeddings, ours as it comes against Teachable Machine's 50 epochs by its own library. */
import { createRandom } from "../src/dataset/random.ts";
import { matrixOf } from "../src/engine/embedding-rows.ts";
import type { BaseModel } from "../src/network/model.ts";
import { fitOwnHead } from "./own-head.ts";
import { createPeer, disposePeer } from "./peer.ts";

export const WIDTH = 1280;
export const CLASSES = 10;
const EPOCHS = 50;
/** Embeddings for which the library trains as long as it does. */
const MOST_IN_FULL = 2000;

/**
 * Milliseconds for `count` embeddings of 1,280 numbers in ten classes that overlap, 15 % of them validation photos: ours with
 * the choice of the penalty and the second fit. Of many, the library's 50 epochs would take a quarter of an hour and more:
 * the second and third are measured, and the first with what comes before it.
 */
export async function fitTime(base: BaseModel, count: number): Promise<{ ours: number; peer: number }> {
  const { values, labels } = embeddings(count);
  await ours(values, labels, 200);
  const start = performance.now();
  await ours(values, labels, count);
  const own = performance.now() - start;
  const peer = await createPeer(
    base,
    Array.from({ length: CLASSES }, (_, at) => `class ${at}`),
  );
  const row = (at: number) => values.subarray(at * WIDTH, (at + 1) * WIDTH);
  peer.examples = Array.from({ length: CLASSES }, (_, label) =>
    [...labels.keys()].filter((at) => labels[at] === label).map(row),
  );
  const theirs = async (epochs: number) => {
    const begun = performance.now();
    await peer.train({ denseUnits: 100, epochs, learningRate: 0.001, batchSize: 16 }, {});
    return performance.now() - begun;
  };
  const first = await theirs(count > MOST_IN_FULL ? 1 : EPOCHS);
  const rest = count > MOST_IN_FULL ? ((await theirs(3)) - first) / 2 : 0;
  disposePeer(peer);
  return { ours: own, peer: first + (EPOCHS - 1) * rest };
}

/** Of 1,280 numbers each, in ten classes that overlap. */
export function embeddings(count: number) {
  const random = createRandom(1);
  const centres = Array.from({ length: CLASSES }, () => Float32Array.from({ length: WIDTH }, random));
  const labels = Int32Array.from({ length: count }, (_, at) => at % CLASSES);
  const values = new Float32Array(count * WIDTH);
  for (let at = 0; at < values.length; at++) {
    const centre = centres[labels[Math.floor(at / WIDTH)] ?? 0]?.[at % WIDTH] ?? 0;
    values[at] = Math.max(0, 0.25 * centre + 2 * random() - 1);
  }
  return { values, labels };
}

async function ours(values: Float32Array, labels: Int32Array, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => at);
  const held = (at: number) => Math.floor(at / CLASSES) % 7 === 0;
  await fitOwnHead({
    ...{ matrix: matrixOf(values, WIDTH), labels, classes: CLASSES, seed: 1 },
    ...{ train: rows.filter((at) => !held(at)), validation: rows.filter(held) },
  });
}
