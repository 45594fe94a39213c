/** The base models to choose from: the built-in one, those kept in the browser, and the catalogue's. */
import * as v from "valibot";
import { loadMobileNet, type MobileNetRequest } from "../engine/mobilenet-package.ts";
import { isGraphModel, type ModelFile, readModelFiles } from "../formats/models/model-files.ts";
import { architectureOf, atSize } from "../network/architectures/at-size.ts";
import { blocksOf } from "../network/blocks.ts";
import { countMultiplyAdds, countParameters, multiplyAddsAt } from "../network/cost.ts";
import { cutTop } from "../network/cut.ts";
import type { BaseModel, Preprocessing } from "../network/model.ts";
import type { Network } from "../network/network.ts";
import { inferShapes } from "../network/shapes.ts";
import type { Database } from "../storage/database.ts";
import { deleteBaseModel, getBaseModel, listBaseModelCards, putBaseModel } from "../storage/models.ts";
import { hashBytes } from "../storage/photos.ts";
import { CATALOGUE, type CatalogueEntry } from "./catalogue.ts";
import { WorkerError } from "./errors.ts";
import { type FetchedFile, fetchModelFiles } from "./fetch-model.ts";
import type { BaseModelEntry, BaseModelNote, BaseModelOrigin, DownloadProgress } from "./protocol/index.ts";

const CardFile = v.object({
  name: v.string(),
  files: v.object({ model: v.string(), weights: v.string() }),
  preprocessing: v.object({
    crop: v.picklist(["center", "squash"]),
    channelOrder: v.picklist(["RGB", "BGR"]),
    scale: v.tuple([v.number(), v.number(), v.number()]),
    offset: v.tuple([v.number(), v.number(), v.number()]),
  }),
});

/** `source` of cards. */
const BUILT_IN = "built-in";
const FROM_FILE = "file";
/** What earlier versions wrote for it. */
const FROM_FILE_BEFORE = "your file";

export class BaseModels {
  readonly #database: () => Promise<Database>;
  #builtIn: Promise<BaseModel> | null = null;

  constructor(database: () => Promise<Database>) {
    this.#database = database;
  }

  /** The built-in one first, then the kept ones, then what the catalogue offers and is not kept. */
  async list(): Promise<BaseModelEntry[]> {
    const builtIn = await this.#loadBuiltIn();
    const kept = await listBaseModelCards(await this.#database());
    const sources = new Set(kept.map(({ source }) => source));
    return [
      { ...entryOf(builtIn), builtIn: true },
      // The same model from elsewhere is the built-in one.
      ...kept.filter(({ id }) => id !== builtIn.card.id).map((card) => entryOf({ card })),
      ...CATALOGUE.filter((entry) => !sources.has(sourceOf(entry))).map(entryOfCatalogue),
    ];
  }

  /**
   * @param side of the photos that it is to see, in pixels; null for its own
   * @throws WorkerError when there is no such base model on this machine, or none for such photos
   */
  async load(id: string, side: number | null): Promise<BaseModel> {
    const base = await this.#loadAsItIs(id);
    const { height, width } = base.card.preprocessing;
    return side === null || (side === height && side === width) ? base : resized(base, side);
  }

  async #loadAsItIs(id: string): Promise<BaseModel> {
    const builtIn = await this.#loadBuiltIn();
    if (builtIn.card.id === id) return builtIn;
    const kept = await getBaseModel(await this.#database(), id);
    if (!kept) throw new WorkerError({ code: "base-model/gone" });
    return kept;
  }

  /** Reads model files and keeps what they hold as a base model, without its classifier. */
  async add(files: readonly FetchedFile[]): Promise<BaseModelEntry> {
    const model = readModelFiles(files);
    return this.keepFromFile(model);
  }

  /** Fetches from the catalogue's host or from an address, and keeps it. */
  async fetch(
    source: { readonly catalogueId: string } | { readonly url: string },
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<BaseModelEntry> {
    if ("url" in source) {
      const model = await fetchFromAddress(source.url, onProgress, signal);
      return this.#keep(model, nameOf(model), new URL(source.url).host);
    }
    const entry = CATALOGUE.find(({ id }) => id === source.catalogueId);
    if (!entry) throw new WorkerError({ code: "base-model/not-in-catalogue", id: source.catalogueId });
    const tellTotal = ({ bytes }: DownloadProgress) => onProgress({ bytes, totalBytes: Math.max(bytes, entry.bytes) });
    const model =
      entry.from.kind === "url"
        ? readModelFiles(await fetchModelFiles(entry.from.url, tellTotal, signal))
        : await readPackage(entry.from);
    return this.#keep(model, entry.name, sourceOf(entry));
  }

  async delete(id: string): Promise<void> {
    await deleteBaseModel(await this.#database(), id);
  }

  /** Keeps a model that a person gave as files. Whatever it ended in, as a base model it ends at its embedding. */
  keepFromFile(model: ModelFile): Promise<BaseModelEntry> {
    return this.#keep(model, nameOf(model), FROM_FILE);
  }

  async #keep(model: ModelFile, name: string, source: string): Promise<BaseModelEntry> {
    const { network, preprocessing, bytes } = contentsOf(model);
    const base = await makeBaseModel({ network, preprocessing, bytes, name, source });
    await putBaseModel(await this.#database(), base);
    return entryOf(base);
  }

  /** A kept base model, for another browser that may lack it; null for the built-in one and one that is not kept. */
  async toTakeAlong(id: string): Promise<BaseModel | null> {
    const builtIn = await this.#loadBuiltIn();
    return builtIn.card.id === id ? null : getBaseModel(await this.#database(), id);
  }

  /** Keeps a base model that a project came with, unless it is here. Gives the id that it has here, which its content decides. */
  async adopt({ card, network }: BaseModel): Promise<string> {
    const here = (await this.list()).find(({ id }) => id === card.id);
    if (here?.card) return here.id;
    const base = await makeBaseModel({ ...card, network });
    await putBaseModel(await this.#database(), base);
    return base.card.id;
  }

  #loadBuiltIn(): Promise<BaseModel> {
    this.#builtIn ??= loadBuiltIn();
    this.#builtIn.catch(() => {
      this.#builtIn = null;
    });
    return this.#builtIn;
  }
}

/** Reads the app's own files. Everything it needs to know of the model is in its card and its files. */
async function loadBuiltIn(): Promise<BaseModel> {
  const folder = new URL(`${import.meta.env.BASE_URL}models/`, new URL("..", self.location.href));
  const file = async (name: string): Promise<Response> => {
    const response = await fetch(new URL(name, folder));
    if (!response.ok) throw new WorkerError({ code: "base-model/incomplete", file: name });
    return response;
  };
  const card = v.parse(CardFile, await (await file("card.json")).json());
  const files = await Promise.all(
    [card.files.model, card.files.weights].map(async (path) => ({
      path,
      bytes: new Uint8Array(await (await file(path)).arrayBuffer()),
    })),
  );
  const { network, preprocessing, bytes } = contentsOf(readModelFiles(files));
  return makeBaseModel({
    network,
    preprocessing: { ...preprocessing, ...card.preprocessing },
    bytes,
    name: card.name,
    source: BUILT_IN,
  });
}

/** A graph-model is MobileNet's as its package takes it by `modelUrl`; other models are read as they are. */
async function fetchFromAddress(
  url: string,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<ModelFile> {
  const files = await fetchModelFiles(url, onProgress, signal);
  return isGraphModel(files) ? readPackage({ version: 1, alpha: 1, modelUrl: url }) : readModelFiles(files);
}

/** Loads MobileNet through `@tensorflow-models/mobilenet`, from its own host or its `modelUrl`. */
async function readPackage(request: MobileNetRequest): Promise<ModelFile> {
  const { modelJson, weights } = await loadMobileNet(request);
  return readModelFiles([
    { path: "model.json", bytes: new TextEncoder().encode(JSON.stringify(modelJson)) },
    { path: "weights.bin", bytes: weights },
  ]);
}

function contentsOf(model: ModelFile): { network: Network; preprocessing: Preprocessing; bytes: number } {
  if (model.kind === "network") return model;
  const { network, preprocessing } = model.classifier;
  return { network, preprocessing, bytes: model.bytes };
}

async function makeBaseModel(from: {
  readonly network: Network;
  readonly preprocessing: Preprocessing;
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

/** The base model for photos of another size; its embeddings are kept apart, under an id that begins with the base's. */
function resized({ card, network }: BaseModel, side: number): BaseModel {
  const architecture = architectureOf(network);
  if (!architecture || side < architecture.smallestInput) {
    throw new WorkerError({ code: "base-model/photo-size", name: card.name, side });
  }
  return {
    card: {
      ...card,
      id: `${card.id}@${side}`,
      preprocessing: { ...card.preprocessing, height: side, width: side },
      multiplyAdds: multiplyAddsAt(card, side),
    },
    network: atSize(network, architecture, side),
  };
}

/** The same weights, fed the same way, give the same embeddings: they get the same id whatever file they came in. */
async function fingerprint(network: Network, preprocessing: Preprocessing): Promise<string> {
  const parts = [JSON.stringify(preprocessing)];
  for (const node of network.nodes) {
    parts.push(node.op, JSON.stringify(node.attributes));
    for (const weight of Object.values(node.weights)) parts.push(await hashBytes(new Float32Array(weight.data).buffer));
  }
  return (await hashBytes(new TextEncoder().encode(parts.join("\n")).buffer)).slice(0, 16);
}

function nameOf(model: ModelFile): string {
  return model.kind === "classifier" ? model.classifier.name : model.name;
}

function sourceOf(entry: CatalogueEntry): string {
  return `${entry.host} (${entry.id})`;
}

function entryOf({ card }: Pick<BaseModel, "card">): BaseModelEntry {
  const { id, name, source } = card;
  const about = { origin: originOf(source), note: noteOf(source) };
  return { id, name, card, download: null, recommended: false, builtIn: false, ...about };
}

function originOf(source: string): BaseModelOrigin {
  if (source === BUILT_IN) return { kind: "built-in" };
  if (source === FROM_FILE || source === FROM_FILE_BEFORE) return { kind: "file" };
  return { kind: "host", host: source.replace(/ \(.*\)$/, "") };
}

function noteOf(source: string): BaseModelNote | null {
  if (source === BUILT_IN) return "built-in";
  return CATALOGUE.find((entry) => sourceOf(entry) === source)?.note ?? null;
}

function entryOfCatalogue(entry: CatalogueEntry): BaseModelEntry {
  const url = entry.from.kind === "url" ? entry.from.url : `https://${entry.host}/`;
  return {
    id: entry.id,
    name: entry.name,
    card: null,
    download: {
      url,
      host: entry.host,
      bytes: entry.bytes,
      inputSize: entry.architecture.inputSize,
      ...entry.architecture.cost,
      kerasUrl: entry.architecture.weightsUrl,
    },
    recommended: entry.recommended,
    builtIn: false,
    origin: { kind: "host", host: entry.host },
    note: entry.note,
  };
}
