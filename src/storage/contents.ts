/**
 * Large arrays under the hash of their bytes, so that what several records share is kept once: the frozen part of fifty
 * runs' classifiers, and the list of their photos. Records name the hashes; `collectGarbage` drops what none names.
 */
import type { Classifier } from "../network/model.ts";
import type { Network, NetworkNode, Weight } from "../network/network.ts";
import type { Rejection } from "../network/rejection.ts";
import type { Database } from "./database.ts";
import { StorageError } from "./errors.ts";
import { hashBytes } from "./photos.ts";

/** Bytes from which on an array is kept apart. */
const LARGE = 4096;

/** SHA-256 in lower-case hexadecimal. */
export type ContentId = string;

/** Arrays on their way into the store, by their hashes. */
export type Contents = ReadonlyMap<ContentId, ArrayBuffer>;

interface KeptWeight {
  readonly shape: readonly number[];
  readonly data: Float32Array | ContentId;
}

interface KeptNode extends Omit<NetworkNode, "weights"> {
  readonly weights: Readonly<Record<string, KeptWeight>>;
}

/** A classifier whose large weights are kept apart. */
export interface KeptClassifier extends Omit<Classifier, "network" | "rejection"> {
  readonly network: Omit<Network, "nodes"> & { readonly nodes: readonly KeptNode[] };
  readonly rejection?: Omit<Rejection, "means" | "directions"> & Readonly<Record<"means" | "directions", KeptWeight>>;
}

/** Takes the large weights out of a classifier. */
export async function takeApart(
  classifier: Classifier,
): Promise<{ readonly classifier: KeptClassifier; readonly contents: Contents }> {
  const contents = new Map<ContentId, ArrayBuffer>();
  const keep = async ({ shape, data }: Weight): Promise<KeptWeight> => {
    // A part of a larger buffer would be written with all of it.
    if (data.byteLength < LARGE) return { shape, data: data.slice() };
    const id = await idOf(data);
    contents.set(id, bytesOf(data));
    return { shape, data: id };
  };
  const nodes: KeptNode[] = [];
  for (const node of classifier.network.nodes) {
    const weights: Record<string, KeptWeight> = {};
    for (const [part, weight] of Object.entries<Weight>(node.weights)) weights[part] = await keep(weight);
    nodes.push({ ...node, weights });
  }
  const { rejection, ...rest } = classifier;
  const kept = { ...rest, network: { ...classifier.network, nodes } };
  if (!rejection) return { classifier: kept, contents };
  const [means, directions] = [await keep(rejection.means), await keep(rejection.directions)];
  return { classifier: { ...kept, rejection: { ...rejection, means, directions } }, contents };
}

/** Weights are never changed: those of a base model are hashed once for all classifiers that are made with it. */
const ids = new WeakMap<Float32Array, ContentId>();

async function idOf(data: Float32Array): Promise<ContentId> {
  const id = ids.get(data) ?? (await hashBytes(bytesOf(data)));
  ids.set(data, id);
  return id;
}

/** The array's own bytes; copied only where its buffer has others too. */
function bytesOf(data: Float32Array): ArrayBuffer {
  const { buffer, byteLength } = data;
  return buffer.byteLength === byteLength && buffer instanceof ArrayBuffer ? buffer : data.slice().buffer;
}

/** @throws StorageError when weights are missing */
export async function putTogether(database: Database, kept: KeptClassifier): Promise<Classifier> {
  const store = database.transaction("contents").store;
  const load = async (id: ContentId): Promise<Float32Array> => {
    const bytes = await store.get(id);
    if (!bytes) throw new StorageError({ code: "storage/classifier-incomplete", name: kept.name });
    return new Float32Array(bytes);
  };
  const loadWeight = async ({ shape, data }: KeptWeight): Promise<Weight> => ({
    shape,
    data: typeof data === "string" ? await load(data) : data,
  });
  const nodes = await Promise.all(
    kept.network.nodes.map(async (node) => {
      const weights = await Promise.all(
        Object.entries(node.weights).map(async ([part, { shape, data }]) => [part, await loadWeight({ shape, data })]),
      );
      return { ...node, weights: Object.fromEntries(weights) } as NetworkNode;
    }),
  );
  const { rejection, ...rest } = kept;
  const classifier: Classifier = { ...rest, network: { ...kept.network, nodes } };
  if (!rejection) return classifier;
  const [means, directions] = [await loadWeight(rejection.means), await loadWeight(rejection.directions)];
  return { ...classifier, rejection: { ...rejection, means, directions } };
}

/** The hashes that a kept classifier names, with their arrays' bytes. */
export function contentsOf({ network, rejection }: KeptClassifier): ReadonlyMap<ContentId, number> {
  const ofNetwork = network.nodes.flatMap(({ weights }) => Object.values(weights));
  const kept = rejection ? [...ofNetwork, rejection.means, rejection.directions] : ofNetwork;
  return new Map(
    kept.flatMap(({ shape, data }) =>
      typeof data === "string"
        ? [[data, shape.reduce((size, length) => size * length, Float32Array.BYTES_PER_ELEMENT)] as const]
        : [],
    ),
  );
}
