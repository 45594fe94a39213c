import type { ModelFile } from "../formats/models/model-files.ts";
import { architectureOf, atSize } from "../network/architectures/at-size.ts";
import { blocksOf } from "../network/blocks.ts";
import { countMultiplyAdds, countParameters, multiplyAddsAt } from "../network/cost.ts";
import { cutTop } from "../network/cut.ts";
import { USUAL_FEEDINGS, type UsualFeeding } from "../network/feedings.ts";
import type { BaseModel, BaseModelCard, Preprocessing } from "../network/model.ts";
import type { Network } from "../network/network.ts";
import { inferShapes } from "../network/shapes.ts";
import { hashBytes } from "../storage/photos.ts";
import { WorkerError } from "./errors.ts";

/** What a base model is made of, whatever kind of model file it came as. `bytes` is the size of its weights. */
export function contentsOf(model: ModelFile): {
  readonly network: Network;
  readonly preprocessing: Preprocessing;
  readonly fedBy?: "guess";
  readonly bytes: number;
} {
  if (model.kind === "network") {
    const { network, preprocessing, guessed, bytes } = model;
    return { network, preprocessing, bytes, ...(guessed ? { fedBy: "guess" } : {}) };
  }
  const { network, preprocessing } = model.classifier;
  return { network, preprocessing, bytes: model.bytes };
}

/** @param from a network that may end in a classifier; the base model ends at its embedding. The rest as on its card */
export async function makeBaseModel(from: {
  readonly network: Network;
  readonly preprocessing: Preprocessing;
  readonly fedBy?: "guess" | "choice";
  readonly bytes: number;
  readonly name: string;
  readonly source: string;
}): Promise<BaseModel> {
  const network = cutTop(from.network);
  const shape = inferShapes(network).get(network.output) ?? [];
  const architecture = architectureOf(network);
  const card = {
    id: await fingerprint(network, from.preprocessing),
    name: from.name,
    preprocessing: from.preprocessing,
    ...(from.fedBy ? { fedBy: from.fedBy } : {}),
    embeddingSize: shape.at(-1) ?? 0,
    parameters: countParameters(network),
    multiplyAdds: countMultiplyAdds(network),
    blocks: blocksOf(network).length,
    ...(architecture ? { smallestInput: architecture.smallestInput } : {}),
    bytes: from.bytes,
    source: from.source,
  };
  return { card, network };
}

/** The same weights, fed with pixels as somebody chose: another base model. */
export function refed({ card, network }: BaseModel, feeding: UsualFeeding): Promise<BaseModel> {
  const preprocessing = { ...card.preprocessing, ...USUAL_FEEDINGS[feeding] };
  return makeBaseModel({ ...card, network, preprocessing, fedBy: "choice" });
}

/**
 * The base model for photos of another size; its embeddings are kept apart, under an id that begins with the base's.
 *
 * @param side of the photos, in pixels
 * @throws WorkerError when it is of no known architecture, or the photos are too small for it
 */
export function resized({ card, network }: BaseModel, side: number): BaseModel {
  const architecture = architectureOf(network);
  if (!architecture || side < architecture.smallestInput) {
    throw new WorkerError({ code: "base-model/photo-size", name: card.name, side });
  }
  return {
    card: { ...card, ...inputAt(card, side), multiplyAdds: multiplyAddsAt(card, side) },
    network: atSize(network, architecture, side),
  };
}

/** What embeddings of photos of another size are kept under, and how such photos are made. */
export function inputAt({ id, preprocessing }: BaseModelInput, side: number | null): BaseModelInput {
  if (side === null || (side === preprocessing.height && side === preprocessing.width)) return { id, preprocessing };
  return { id: `${id}@${side}`, preprocessing: { ...preprocessing, height: side, width: side } };
}

type BaseModelInput = Pick<BaseModelCard, "id" | "preprocessing">;

/** The same weights, fed the same way, give the same embeddings: they get the same id whatever file they came in. */
async function fingerprint(network: Network, preprocessing: Preprocessing): Promise<string> {
  const parts = [JSON.stringify(preprocessing)];
  for (const node of network.nodes) {
    parts.push(node.op, JSON.stringify(node.attributes));
    for (const weight of Object.values(node.weights)) parts.push(await hashBytes(new Float32Array(weight.data).buffer));
  }
  return (await hashBytes(new TextEncoder().encode(parts.join("\n")).buffer)).slice(0, 16);
}
