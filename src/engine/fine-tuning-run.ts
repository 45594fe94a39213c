/** One fine-tuning on the device: an epoch at a time. */
import * as tf from "@tensorflow/tfjs";
import { shuffled } from "../dataset/random.ts";
import type { Network } from "../network/network.ts";
import { inferShapes } from "../network/shapes.ts";
import type { EpochResult } from "../training/history.ts";
import type { TrainingSettings } from "../training/settings.ts";
import { viewInEpoch, viewsInTurn } from "./augment.ts";
import { DenseHead, type HeadWeights } from "./dense-head.ts";
import type { FineTuning } from "./fine-tune.ts";
import { FrozenFeatures, type Look } from "./frozen-features.ts";
import { Optimizer } from "./optimizers.ts";
import { PLAIN, readEpoch, score, Targets, totalsOf } from "./targets.ts";
import { penalise } from "./train-head.ts";
import { TrainableNetwork } from "./trainable-network.ts";
import { letOthersIn } from "./turns.ts";

/** Activations and their errors of the photos that are fitted at once may take this much memory, in bytes. */
const MOST_ACTIVATIONS = 256 * 2 ** 20;

interface Weights {
  readonly tuned: readonly tf.Tensor[];
  readonly head: HeadWeights;
}

/** Owns everything that a fine-tuning has on the device. Whoever makes one disposes of it. */
export class FineTuningRun {
  readonly #head: DenseHead;
  readonly #tuned: TrainableNetwork;
  readonly #settings: TrainingSettings;
  readonly #train: FrozenFeatures;
  readonly #validation: FrozenFeatures;
  readonly #trainTargets: Targets;
  readonly #validationTargets: Targets;
  readonly #penalties: readonly tf.Tensor2D[] | null;
  readonly #optimizers: { readonly tuned: Optimizer<tf.Tensor>; readonly head: Optimizer<tf.Tensor2D> };
  /** Photos that are fitted at once. */
  readonly #part: number;
  #weights: Weights;
  #best: Weights | null = null;

  /** @param frozen,tuned the base in two, from `splitAtBlocks` */
  constructor(
    { head, preprocessing, train, validation, settings, activationBytes = MOST_ACTIVATIONS }: FineTuning,
    frozen: Network | null,
    tuned: Network,
  ) {
    const looks = viewsInTurn(settings.augmentation) * train.labels.length;
    this.#settings = settings;
    this.#head = new DenseHead(head);
    this.#tuned = new TrainableNetwork(tuned);
    this.#train = new FrozenFeatures(frozen, preprocessing, train.pixels, looks);
    this.#validation = new FrozenFeatures(frozen, preprocessing, validation.pixels, validation.labels.length);
    this.#trainTargets = new Targets(train.labels, this.#head.classes, settings);
    this.#validationTargets = new Targets(validation.labels, this.#head.classes, PLAIN);
    this.#penalties = settings.l2 > 0 ? this.#head.kernelMasks() : null;
    this.#weights = { tuned: this.#tuned.upload(), head: this.#head.upload() };
    this.#optimizers = {
      tuned: new Optimizer(this.#weights.tuned, settings),
      head: new Optimizer(this.#weights.head, settings),
    };
    this.#part = Math.max(1, Math.min(settings.batchSize, Math.floor(activationBytes / bytesOfActivations(tuned))));
  }

  /** Fits all training photos once and measures on the validation photos. @param rate by the share of the epoch that is done */
  async epoch(
    epoch: number,
    rate: (progress: number) => number,
    random: () => number,
    signal: AbortSignal,
    shouldStop: () => boolean,
  ): Promise<EpochResult> {
    const { batchSize, augmentation } = this.#settings;
    const order = shuffled(
      Array.from({ length: this.#trainTargets.count }, (_, photo) => photo),
      random,
    ).map((photo) => ({ photo, view: viewInEpoch(augmentation, random) }));
    const batches = chunks(order, batchSize);
    const parts = batches.flatMap((batch) => chunks(batch, this.#part).map((part) => ({ part, of: batch.length })));
    let own: Sums | null = null;
    let gradient: Gradient | null = null;
    let fitted = 0;
    try {
      let decoding = this.#train.decode(parts[0]?.part ?? []);
      for (const [at, { part, of }] of parts.entries()) {
        const pixels = await decoding;
        signal.throwIfAborted();
        const next = parts[at + 1];
        if (next) decoding = this.#train.decode(next.part);
        const features = await this.#train.take(part, pixels);
        const fit = this.#fit(features, part, part.length / of, random);
        features.dispose();
        own = add(own, { loss: fit.loss, hits: fit.hits });
        gradient = addGradient(gradient, fit.gradient);
        fitted += part.length;
        if (fitted === order.length || fitted % batchSize === 0) {
          this.#step(gradient, rate(fitted / order.length));
          gradient = null;
        }
        // Keeps a GPU from falling behind, and lets a stop or a camera frame in.
        await own.loss.data();
        await letOthersIn();
        signal.throwIfAborted();
        if (shouldStop()) break;
      }
      const held = this.#validationTargets.count ? await this.#measure(signal) : null;
      const totals = tf.tidy(() => totalsOf(own ?? zero(), held ?? own ?? zero()));
      if (held) tf.dispose([held.loss, held.hits]);
      return await readEpoch(epoch, totals, fitted, this.#validationTargets.count);
    } finally {
      if (own) tf.dispose([own.loss, own.hits]);
      if (gradient) tf.dispose([...gradient.tuned, ...gradient.head]);
    }
  }

  keepBest(): void {
    if (this.#best && this.#best !== this.#weights) disposeOf(this.#best);
    this.#best = this.#weights;
  }

  /** null when no epoch was better than the head alone. */
  async best(): Promise<{ tuned: Network; head: Network } | null> {
    if (!this.#best) return null;
    return { tuned: await this.#tuned.download(this.#best.tuned), head: await this.#head.download(this.#best.head) };
  }

  dispose(): void {
    for (const weights of new Set([this.#weights, this.#best])) if (weights) disposeOf(weights);
    for (const owned of [
      this.#tuned,
      this.#train,
      this.#validation,
      this.#trainTargets,
      this.#validationTargets,
      this.#optimizers.tuned,
      this.#optimizers.head,
    ]) {
      owned.dispose();
    }
    if (this.#penalties) tf.dispose([...this.#penalties]);
  }

  /** Loss and gradient of some photos. @param share of their batch that they are */
  #fit(
    features: tf.Tensor,
    looks: readonly Look[],
    share: number,
    random: () => number,
  ): Sums & { gradient: Gradient } {
    const photos = Int32Array.from(looks, ({ photo }) => photo);
    return tf.tidy(() => {
      const { output, results } = this.#tuned.forward(this.#weights.tuned, features);
      const embedding = output as tf.Tensor2D;
      const { logits, gradient, inputError } = this.#head.gradient(
        this.#weights.head,
        withOnes(embedding),
        this.#trainTargets.smoothed.take(photos),
        this.#trainTargets.weights?.take(photos),
        () => Math.floor(random() * 2 ** 31),
        true,
      );
      const error = inputError ?? tf.zerosLike(embedding);
      const tuned = this.#tuned.gradient(this.#weights.tuned, results, error);
      const { loss, hits } = score(logits, this.#trainTargets.labels.take(photos));
      return {
        loss,
        hits,
        gradient: {
          tuned: tuned.map((slope) => tf.mul(slope, share)),
          head: gradient.map((slope): tf.Tensor2D => tf.mul(slope, share)),
        },
      };
    });
  }

  #step(gradient: Gradient, rate: number): void {
    const before = this.#weights;
    const headSlopes = tf.tidy(() => [...penalise(gradient.head, before.head, this.#penalties, this.#settings.l2)]);
    this.#weights = {
      tuned: this.#optimizers.tuned.step(before.tuned, gradient.tuned, rate),
      head: this.#optimizers.head.step(before.head, headSlopes, rate),
    };
    tf.dispose([...new Set([...gradient.tuned, ...gradient.head, ...headSlopes])]);
    if (before !== this.#best) disposeOf(before);
  }

  async #measure(signal: AbortSignal): Promise<Sums> {
    const looks = Array.from({ length: this.#validationTargets.count }, (_, photo) => ({ photo, view: 0 }));
    let sums: Sums | null = null;
    for (const part of chunks(looks, this.#part)) {
      const features = await this.#validation.take(part, await this.#validation.decode(part));
      const photos = Int32Array.from(part, ({ photo }) => photo);
      const own = tf.tidy(() => {
        const embedding = this.#tuned.run(this.#weights.tuned, features) as tf.Tensor2D;
        const logits = this.#head.logits(this.#weights.head, withOnes(embedding));
        return score(logits, this.#validationTargets.labels.take(photos));
      });
      features.dispose();
      sums = add(sums, own);
      await letOthersIn();
      if (signal.aborted) {
        tf.dispose([sums.loss, sums.hits]);
        signal.throwIfAborted();
      }
    }
    return sums ?? zero();
  }
}

// Types and not interfaces: `tf.tidy` takes only what has an index signature.
type Sums = { readonly loss: tf.Scalar; readonly hits: tf.Scalar };
type Gradient = { readonly tuned: tf.Tensor[]; readonly head: tf.Tensor2D[] };

function zero(): Sums {
  return { loss: tf.scalar(0), hits: tf.scalar(0) };
}

/** The sum; what was added is freed. */
function add(sum: Sums | null, more: Sums): Sums {
  if (!sum) return more;
  const total = { loss: tf.add(sum.loss, more.loss) as tf.Scalar, hits: tf.add(sum.hits, more.hits) as tf.Scalar };
  tf.dispose([sum.loss, sum.hits, more.loss, more.hits]);
  return total;
}

/** The sum; what was added is freed. */
function addGradient(sum: Gradient | null, more: Gradient): Gradient {
  if (!sum) return more;
  const total = {
    tuned: sum.tuned.map((slope, at) => tf.add(slope, more.tuned[at] ?? 0)),
    head: sum.head.map((slope, at): tf.Tensor2D => tf.add(slope, more.head[at] ?? 0)),
  };
  tf.dispose([...sum.tuned, ...sum.head, ...more.tuned, ...more.head]);
  return total;
}

/** Embeddings as `DenseHead` takes them. */
function withOnes(embeddings: tf.Tensor2D): tf.Tensor2D {
  return tf.concat2d([embeddings, tf.ones([embeddings.shape[0], 1])], 1);
}

function disposeOf({ tuned, head }: Weights): void {
  tf.dispose([...tuned, ...head]);
}

/** Of one photo: every result of the network and its error. */
function bytesOfActivations(network: Network): number {
  const shapes = [...inferShapes(network).values()];
  return 8 * shapes.reduce((sum, shape) => sum + shape.reduce((product, length) => product * length, 1), 0);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
