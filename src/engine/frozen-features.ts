import * as tf from "@tensorflow/tfjs";
import type { Preprocessing } from "../network/model.ts";
import type { Network } from "../network/network.ts";
import { inferShapes } from "../network/shapes.ts";
import { DeviceNetwork } from "./device-network.ts";
import { prepareInput } from "./input.ts";

/** One look at a photo, by its place in its set; view 0 is the photo itself, others are augmented. */
export interface Look {
  readonly photo: number;
  readonly view: number;
}

/** RGBA of the base model's input size each, in the order of the looks. */
export type PixelSource = (looks: readonly Look[]) => Promise<readonly Uint8ClampedArray[]>;

/** What is remembered for a set of photos may take this much memory, in bytes. */
const MOST_REMEMBERED = 256 * 2 ** 20;

export interface FrozenSet {
  /** null when nothing is frozen: then the features are the photos themselves. */
  readonly network: Network | null;
  readonly preprocessing: Preprocessing;
  readonly pixels: PixelSource;
  /** How many different looks there can be; few enough are computed once and remembered. */
  readonly looks: number;
  /** Looks that are taken at once, at most. */
  readonly atOnce: number;
}

/** What the frozen part of a network makes of photos. The caller disposes of it. */
export class FrozenFeatures {
  /** Of one photo. */
  readonly shape: readonly number[];
  readonly #network: DeviceNetwork | null;
  readonly #preprocessing: Preprocessing;
  readonly #pixels: PixelSource;
  readonly #atOnce: number;
  readonly #remembered: Map<string, Float32Array> | null;

  constructor({ network, preprocessing, pixels, looks, atOnce }: FrozenSet) {
    const { height, width } = preprocessing;
    this.shape = network ? (inferShapes(network).get(network.output) ?? []) : [height, width, 3];
    this.#network = network && new DeviceNetwork(network);
    this.#preprocessing = preprocessing;
    this.#pixels = pixels;
    this.#atOnce = atOnce;
    const bytes = 4 * looks * this.shape.reduce((product, length) => product * length, 1);
    this.#remembered = bytes <= MOST_REMEMBERED ? new Map() : null;
  }

  /** Begins to decode; `take` with the result goes on. */
  decode(looks: readonly Look[]): Promise<readonly Uint8ClampedArray[]> {
    const decoding = this.#pixels(looks.filter((look) => !this.#remembered?.has(nameOf(look))));
    // Awaited at its turn; a failure before that must not count as unhandled.
    decoding.catch(() => undefined);
    return decoding;
  }

  /** `[looks, ...shape]`, the caller's to dispose of. @param pixels from `decode` of the same looks */
  async take(looks: readonly Look[], pixels: readonly Uint8ClampedArray[]): Promise<tf.Tensor> {
    const fresh = pixels.length ? this.#run(pixels) : null;
    const remembered = this.#remembered;
    if (!remembered) return fresh ?? tf.zeros([0, ...this.shape]);
    const size = this.shape.reduce((product, length) => product * length, 1);
    if (fresh) {
      const values = (await fresh.data()) as Float32Array;
      fresh.dispose();
      looks
        .filter((look) => !remembered.has(nameOf(look)))
        .forEach((look, at) => {
          remembered.set(nameOf(look), values.slice(at * size, (at + 1) * size));
        });
    }
    const all = new Float32Array(looks.length * size);
    looks.forEach((look, at) => {
      all.set(remembered.get(nameOf(look)) ?? [], at * size);
    });
    return tf.tensor(all, [looks.length, ...this.shape]);
  }

  dispose(): void {
    this.#network?.dispose();
    this.#remembered?.clear();
  }

  #run(pixels: readonly Uint8ClampedArray[]): tf.Tensor {
    return tf.tidy(() => {
      const input = this.#filledUp(prepareInput(pixels, this.#preprocessing));
      const output = this.#network?.run(input) ?? input;
      return output.shape[0] === pixels.length ? output : tf.slice(output, 0, pixels.length);
    });
  }

  /**
   * A GPU's kernels depend on how many photos there are, and with them a number's last digit. What is remembered must not
   * depend on which photos happened to be new at the time: training that is resumed comes by them in another order.
   */
  #filledUp(input: tf.Tensor4D): tf.Tensor4D {
    const missing = this.#atOnce - input.shape[0];
    if (!this.#network || !this.#remembered || missing <= 0 || /wasm|cpu/.test(tf.getBackend())) return input;
    return tf.pad(input, [
      [0, missing],
      [0, 0],
      [0, 0],
      [0, 0],
    ]) as tf.Tensor4D;
  }
}

function nameOf({ photo, view }: Look): string {
  return `${photo}/${view}`;
}
