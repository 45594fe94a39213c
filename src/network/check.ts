/** Whether a network that came from a file can do what it says. */
import { checkBudget } from "./budget.ts";
import { NetworkError } from "./errors.ts";
import type { Classifier } from "./model.ts";
import type { Network } from "./network.ts";
import { fitsNetwork, splitAtEmbedding } from "./rejection.ts";
import { inferShapes } from "./shapes.ts";

/** @throws NetworkError when the network does not take the photos that it is said to take */
export function checkPhotos({ network, preprocessing }: Pick<Classifier, "network" | "preprocessing">): void {
  const photo = [preprocessing.height, preprocessing.width, 3];
  if (`${network.input.shape}` !== `${photo}`) {
    throw new NetworkError({ code: "network/not-these-photos", shape: network.input.shape, photo });
  }
}

/**
 * @throws NetworkError when the network does not take the photos or give the classes that the classifier tells of, or has no
 *   embeddings as “none of these” is told by
 */
export function checkClassifier(classifier: Classifier): void {
  const { network, classNames } = classifier;
  checkPhotos(classifier);
  const output = inferShapes(network).get(network.output) ?? [];
  if (`${output}` !== `${classNames.length}`) {
    throw new NetworkError({ code: "network/class-count", classes: classNames.length, shape: output });
  }
  const { rejection } = classifier;
  if (
    rejection &&
    !(fitsNetwork(rejection, network, classNames.length) && splitAtEmbedding(network, rejection.layer))
  ) {
    throw new NetworkError({ code: "network/no-embedding", node: rejection.layer });
  }
}

/** @throws NetworkError when the network fits in no machine, or some of its weights cannot be */
export function checkNetwork(network: Network): void {
  checkBudget(network);
  checkWeights(network);
}

/** @throws NetworkError naming the node whose weights hold what is no number, or a variance that cannot be */
export function checkWeights({ nodes }: Network): void {
  for (const node of nodes) {
    for (const [part, { data }] of Object.entries(node.weights)) {
      if (!areFinite(data)) {
        throw new NetworkError({ code: "network/not-a-number", node: node.name, part });
      }
    }
    if (node.op !== "FusedBatchNormV3") continue;
    const { epsilon } = node.attributes;
    if (!node.weights.variance.data.every((value) => value + epsilon > 0)) {
      throw new NetworkError({ code: "network/negative-variance", node: node.name });
    }
  }
}

function areFinite(data: Float32Array): boolean {
  let sum = 0;
  // Zero times a number is zero; times NaN or infinity it is NaN.
  for (let at = 0; at < data.length; at++) sum += (data[at] ?? 0) * 0;
  return sum === 0;
}
