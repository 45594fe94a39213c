/** Gradients of operations that newer networks have between their convolutions, with respect to their inputs. */
import * as tf from "@tensorflow/tfjs";
import type { NetworkNode } from "../network/network.ts";
import { EngineError } from "./errors.ts";
import type { NodePass } from "./gradients.ts";
import { normalShare, spreadOfPlaces } from "./operations.ts";

/** @throws EngineError for an operation that cannot be fine-tuned */
export function inputsOfOperation(node: NetworkNode, pass: NodePass, input: tf.Tensor): tf.Tensor[] {
  const { inputs, output, error, weights } = pass;
  switch (node.op) {
    case "Mul":
      return inputs.map((own, at) => {
        const others = inputs.filter((_, other) => other !== at);
        return sumTo(
          others.reduce((product, other) => tf.mul(product, other), error),
          own.shape,
        );
      });
    case "Crop": {
      const [[top, bottom], [left, right]] = node.attributes.cropping;
      return [
        tf.pad(error, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ]),
      ];
    }
    case "Max": {
      const [batch = 0, , , channels = 0] = input.shape;
      const atOnce = [batch, 1, 1, channels];
      // Equally large values share the error.
      const largest = tf.cast(tf.equal(input, tf.reshape(output, atOnce)), "float32");
      const share = tf.div(tf.reshape(error, atOnce), tf.sum(largest, [1, 2], true));
      return [tf.mul(largest, share)];
    }
    case "LeakyRelu":
      return [
        tf.mul(error, tf.where(tf.greater(input, 0), tf.onesLike(input), tf.fill(input.shape, node.attributes.alpha))),
      ];
    case "Prelu": {
      const below = tf.mul(tf.onesLike(input), weights.alpha ?? 0);
      return [tf.mul(error, tf.where(tf.greater(input, 0), tf.onesLike(input), below))];
    }
    case "Gelu": {
      const density = tf.mul(tf.exp(tf.mul(tf.square(input), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return [tf.mul(error, tf.add(normalShare(input), tf.mul(input, density)))];
    }
    case "LayerNorm": {
      const { centred, deviation } = spreadOfPlaces(input, node.attributes.epsilon);
      const normalised = tf.div(centred, deviation);
      const slope = tf.mul(error, weights.gamma ?? 1);
      const along = tf.mul(normalised, tf.mean(tf.mul(slope, normalised), -1, true));
      return [tf.div(tf.sub(tf.sub(slope, tf.mean(slope, -1, true)), along), deviation)];
    }
    default:
      throw new EngineError({ code: "engine/node-not-tunable", node: node.name, op: node.op });
  }
}

/** The sum over the dimensions along which a smaller input was repeated. */
function sumTo(error: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const axes = shape.flatMap((length, axis) => (length === 1 && error.shape[axis] !== 1 ? [axis] : []));
  return axes.length ? tf.sum(error, axes, true) : error.clone();
}
