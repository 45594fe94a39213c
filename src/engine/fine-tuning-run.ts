/** One fine-tuning on the device: an epoch at a time. */
import * as tf from "@tensorflow/tfjs";
import { shuffled } from "../dataset/random.ts";
import { splitAtBlocks } from "../network/blocks.ts";
import type { Network } from "../network/network.ts";
import { inferShapes } from "../network/shapes.ts";
import type { EpochResult } from "../training/history.ts";
import { learningRateAt } from "../training/learning-rate.ts";
import { viewInEpoch, viewsInTurn } from "./augment.ts";
import type { FitState } from "./checkpoint.ts";
import { DenseHead, type HeadWeights, penalise } from "./dense-head.ts";
import type { Fit } from "./epochs.ts";
import type { FineTuning } from "./fine-tune.ts";
import { FittedWeights } from "./fitted-weights.ts";
import { FrozenFeatures, type Look } from "./frozen-features.ts";
import { PLAIN, resultOf, score, Targets, totalsOf } from "./targets.ts";
import { TrainableNetwork } from "./trainable-network.ts";
import { letOthersIn } from "./turns.ts";

/** Activations and their errors of the photos that are fitted at once may take this much memory, in bytes. */
const MOST_ACTIVATIONS = 256 * 2 ** 20;

/** Photos that are fitted at once, of a batch of so many. */
interface Part {
  readonly looks: readonly Look[];
  readonly of: number;
  /** Whether the batch's step follows. */
  readonly ends: boolean;
}

/** Owns everything that a fine-tuning has on the device. Whoever makes one disposes of it. */
export class FineTuningRun implements Fit {
  readonly #tuning: FineTuning;
  readonly #head: DenseHead;
  readonly #tuned: TrainableNetwork;
  readonly #train: FrozenFeatures;
  readonly #validation: FrozenFeatures;
  readonly #trainTargets: Targets;
  readonly #validationTargets: Targets;
  readonly #penalties: readonly tf.Tensor2D[] | null;
  /** The base's, as `#tuned` lists them, and then the head's. */
  readonly #weights: FittedWeights;
  /** How many of them are the base's. */
  readonly #ofBase: number;
  /** Photos that are fitted at once. */
  readonly #atOnce: number;

  constructor(tuning: FineTuning) {
    const { base, before, preprocessing, train, validation, settings, activationBytes = MOST_ACTIVATIONS } = tuning;
    const { frozen, tuned } = splitAtBlocks(base, settings.fineTuneBlocks);
    this.#tuning = tuning;
    this.#head = new DenseHead(before.head);
    this.#tuned = new TrainableNetwork(tuned);
    const ofBase = this.#tuned.upload();
    const keepsState = tuning.onCheckpoint !== undefined;
    const options = { ...settings, keepsState, resume: tuning.resume?.fit };
    this.#ofBase = ofBase.length;
    this.#weights = new FittedWeights([...ofBase, ...this.#head.upload()], options);
    this.#atOnce = Math.max(1, Math.min(settings.batchSize, Math.floor(activationBytes / bytesOfActivations(tuned))));
    const shared = { network: frozen, preprocessing, atOnce: this.#atOnce };
    const looks = viewsInTurn(settings.augmentation) * train.labels.length;
    this.#train = new FrozenFeatures({ ...shared, pixels: train.pixels, looks });
    this.#validation = new FrozenFeatures({ ...shared, pixels: validation.pixels, looks: validation.labels.length });
    this.#trainTargets = new Targets(train.labels, this.#head.classes, settings);
    this.#validationTargets = new Targets(validation.labels, this.#head.classes, PLAIN);
    this.#penalties = settings.l2 > 0 ? this.#head.kernelMasks() : null;
  }

  async epoch(epoch: number): Promise<EpochResult> {
    const { signal, shouldStop } = this.#tuning;
    const parts = this.#partsOfEpoch();
    let own: Sums | null = null;
    let gradient: Gradient | null = null;
    let fitted = 0;
    try {
      let decoding = this.#train.decode(parts[0]?.looks ?? []);
      for (const [at, { looks, of, ends }] of parts.entries()) {
        const pixels = await decoding;
        signal.throwIfAborted();
        const next = parts[at + 1];
        if (next) decoding = this.#train.decode(next.looks);
        const features = await this.#train.take(looks, pixels);
        const fit = this.#fit(features, looks, looks.length / of);
        features.dispose();
        own = add(own, { loss: fit.loss, hits: fit.hits });
        gradient = addGradient(gradient, fit.gradient);
        fitted += looks.length;
        if (ends) {
          this.#step(gradient, this.#rate(epoch, fitted / this.#trainTargets.count));
          gradient = null;
        }
        // Keeps a GPU from falling behind, and lets a stop or a camera frame in.
        await own.loss.data();
        await letOthersIn();
        signal.throwIfAborted();
        if (shouldStop()) break;
      }
      const held = this.#validationTargets.count ? await this.#measure() : null;
      const totals = tf.tidy(() => totalsOf(own ?? zero(), held ?? own ?? zero()));
      if (held) tf.dispose([held.loss, held.hits]);
      return resultOf(epoch, await this.#weights.read(totals), fitted, this.#validationTargets.count);
    } finally {
      if (own) tf.dispose([own.loss, own.hits]);
      if (gradient) tf.dispose([...gradient]);
    }
  }

  keepBest(): void {
    this.#weights.keepBest();
  }

  state(): FitState {
    return this.#weights.state();
  }

  /** null when no epoch was better than the head alone. */
  async best(): Promise<{ tuned: Network; head: Network } | null> {
    const { best } = this.#weights;
    if (!best) return null;
    const { tuned, head } = this.#parted(best);
    return { tuned: await this.#tuned.download(tuned), head: await this.#head.download(head) };
  }

  dispose(): void {
    const targets = [this.#trainTargets, this.#validationTargets];
    for (const owned of [this.#weights, this.#tuned, this.#train, this.#validation, ...targets]) {
      owned.dispose();
    }
    if (this.#penalties) tf.dispose([...this.#penalties]);
  }

  /** All training photos in a new order, each in the view that this epoch takes. */
  #partsOfEpoch(): Part[] {
    const { random, settings } = this.#tuning;
    const photos = Array.from({ length: this.#trainTargets.count }, (_, photo) => photo);
    const looks = shuffled(photos, random).map((photo) => ({
      photo,
      view: viewInEpoch(settings.augmentation, random),
    }));
    return chunks(looks, settings.batchSize).flatMap((batch) => {
      const parts = chunks(batch, this.#atOnce);
      return parts.map((part, at) => ({ looks: part, of: batch.length, ends: at === parts.length - 1 }));
    });
  }

  /** @param done share of the epoch's photos */
  #rate(epoch: number, done: number): number {
    const { before, settings } = this.#tuning;
    const progress = (epoch - before.outcome.epochs - 1 + done) / settings.fineTuneEpochs;
    return learningRateAt({ ...settings, learningRate: settings.fineTuneLearningRate }, progress);
  }

  /** Loss and gradient of some photos. @param share of their batch that they are */
  #fit(features: tf.Tensor, looks: readonly Look[], share: number): Sums & { gradient: Gradient } {
    const photos = Int32Array.from(looks, ({ photo }) => photo);
    const weights = this.#parted(this.#weights.now);
    return tf.tidy(() => {
      const { output, results } = this.#tuned.forward(weights.tuned, features);
      const embedding = output as tf.Tensor2D;
      const { logits, gradient, inputError } = this.#head.gradient(
        weights.head,
        withOnes(embedding),
        this.#trainTargets.smoothed.take(photos),
        this.#trainTargets.weights?.take(photos),
        () => Math.floor(this.#tuning.random() * 2 ** 31),
        true,
      );
      const tuned = this.#tuned.gradient(weights.tuned, results, inputError ?? tf.zerosLike(embedding));
      const { loss, hits } = score(logits, this.#trainTargets.labels.take(photos));
      return { loss, hits, gradient: [...tuned, ...gradient].map((slope) => tf.mul(slope, share)) };
    });
  }

  #step(gradient: Gradient, rate: number): void {
    const { tuned, head } = this.#parted(gradient);
    const weights = this.#parted(this.#weights.now).head;
    const slopes = tf.tidy(() => [...penalise(head, weights, this.#penalties, this.#tuning.settings.l2)]);
    this.#weights.step([...tuned, ...slopes], rate);
    tf.dispose([...new Set([...gradient, ...slopes])]);
  }

  async #measure(): Promise<Sums> {
    const { signal } = this.#tuning;
    const { tuned, head } = this.#parted(this.#weights.now);
    const looks = Array.from({ length: this.#validationTargets.count }, (_, photo) => ({ photo, view: 0 }));
    let sums: Sums | null = null;
    for (const part of chunks(looks, this.#atOnce)) {
      const features = await this.#validation.take(part, await this.#validation.decode(part));
      const photos = Int32Array.from(part, ({ photo }) => photo);
      const own = tf.tidy(() => {
        const embedding = this.#tuned.run(tuned, features) as tf.Tensor2D;
        return score(this.#head.logits(head, withOnes(embedding)), this.#validationTargets.labels.take(photos));
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

  #parted(tensors: readonly tf.Tensor[]): { tuned: readonly tf.Tensor[]; head: HeadWeights } {
    return { tuned: tensors.slice(0, this.#ofBase), head: tensors.slice(this.#ofBase) as tf.Tensor2D[] };
  }
}

// A type and not an interface: `tf.tidy` takes only what has an index signature.
type Sums = { readonly loss: tf.Scalar; readonly hits: tf.Scalar };
/** As the weights are listed. */
type Gradient = tf.Tensor[];

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
  const total = sum.map((slope, at) => tf.add(slope, more[at] ?? 0));
  tf.dispose([...sum, ...more]);
  return total;
}

/** Embeddings as `DenseHead` takes them. */
function withOnes(embeddings: tf.Tensor2D): tf.Tensor2D {
  return tf.concat2d([embeddings, tf.ones([embeddings.shape[0], 1])], 1);
}

/** Of one photo: every result of the network and its error. */
function bytesOfActivations(network: Network): number {
  const shapes = [...inferShapes(network).values()];
  return 8 * shapes.reduce((sum, shape) => sum + shape.reduce((product, length) => product * length, 1), 0);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
