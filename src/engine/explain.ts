/** Which places of a photo count for a class. */
import * as tf from "@tensorflow/tfjs";
import { predictedClass } from "../evaluation/confusion.ts";
import type { HeatMap } from "../evaluation/heat-map.ts";
import type { Classifier, Preprocessing } from "../network/model.ts";
import { optimiseForInference } from "../network/optimise.ts";
import { type SplitNetwork, splitAtMap } from "../network/split-map.ts";
import { DeviceNetwork } from "./device-network.ts";
import { prepareInput } from "./input.ts";
import { unlessLost } from "./lost-device.ts";

export interface Heat {
  /** In class order. */
  readonly probabilities: readonly number[];
  /** Place of the class that the map is for. */
  readonly place: number;
  readonly map: HeatMap;
}

/**
 * A classifier that says which places of a photo count, by the last feature map before its head. The caller disposes of it.
 *
 * - A head that is one dense layer on the map's averages: class activation maps (Zhou et al. 2016, equation 2),
 *   M(x, y) = Σₖ wₖ fₖ(x, y). They are exact: their average and the bias are the class's score.
 * - Every other head: Grad-CAM (Selvaraju et al. 2017, equations 1 and 2), ReLU(Σₖ αₖ fₖ(x, y)) with αₖ the gradient of the
 *   class's score by the channel. It is summed over the places and not averaged, so that on a head of the first kind both
 *   maps are the same where they are above 0.
 */
export class Explainer {
  readonly #preprocessing: Preprocessing;
  readonly #split: SplitNetwork;
  readonly #front: DeviceNetwork;
  readonly #tail: DeviceNetwork;
  readonly #scores: DeviceNetwork;

  /** @throws NetworkError `network/no-feature-map` where the network has none */
  constructor({ network, preprocessing }: Classifier) {
    this.#preprocessing = preprocessing;
    this.#split = splitAtMap(optimiseForInference(network));
    this.#front = new DeviceNetwork(this.#split.front);
    this.#tail = new DeviceNetwork(this.#split.tail);
    this.#scores = new DeviceNetwork(this.#split.scores);
  }

  /**
   * @param photo RGBA of the classifier's input size
   * @param place of the class that is asked about; null for the most probable one
   * @throws EngineError `engine/lost` when the browser takes the GPU away
   */
  explain(photo: Uint8ClampedArray, place: number | null): Promise<Heat> {
    return unlessLost(async () => {
      const map = tf.tidy(() => this.#front.run(prepareInput([photo], this.#preprocessing)));
      const result = this.#tail.run(map);
      try {
        const probabilities = Array.from(await result.data());
        const asked = place ?? predictedClass(probabilities);
        return { probabilities, place: asked, map: await this.#mapOf(map as tf.Tensor4D, asked) };
      } finally {
        tf.dispose([map, result]);
      }
    });
  }

  /** @param map `[1, height, width, channels]` */
  async #mapOf(map: tf.Tensor4D, place: number): Promise<HeatMap> {
    const [, rows, columns] = map.shape;
    const { linear } = this.#split;
    const features = (await map.data()) as Float32Array;
    if (linear) return { rows, columns, values: weighted(features, columnOf(linear.weights.kernel, place)) };
    const gradient = tf.tidy(() => tf.sum(this.#gradient(map, place), [1, 2]));
    const weights = (await gradient.data()) as Float32Array;
    gradient.dispose();
    return { rows, columns, values: weighted(features, weights).map((value) => Math.max(0, value)) };
  }

  /** Of the class's score, by the map. */
  #gradient(map: tf.Tensor4D, place: number): tf.Tensor {
    return tf.grad((features) => tf.sum(tf.slice(this.#scores.run(features), [0, place], [1, 1])))(map);
  }

  dispose(): void {
    for (const network of [this.#front, this.#tail, this.#scores]) network.dispose();
  }
}

/** A class's weights, of a kernel `[channels, classes]`. */
function columnOf({ shape, data }: { shape: readonly number[]; data: Float32Array }, place: number): Float32Array {
  const [channels = 0, classes = 0] = shape;
  return Float32Array.from({ length: channels }, (_, channel) => data[channel * classes + place] ?? 0);
}

/** Each place's channels times the weights, summed. @param features `[places × channels]`, row-major */
function weighted(features: Float32Array, weights: Float32Array): number[] {
  const channels = weights.length;
  return Array.from({ length: features.length / channels }, (_, place) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += (features[place * channels + channel] as number) * (weights[channel] as number);
    }
    return sum;
  });
}
