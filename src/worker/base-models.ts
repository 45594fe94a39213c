/** The base models to choose from: the built-in one, those kept in the browser, and the catalogue's. */
import { loadMobileNet, type MobileNetRequest } from "../engine/mobilenet-package.ts";
import { isGraphModel, type ModelFile, readModelFiles } from "../formats/models/model-files.ts";
import type { BaseModel, BaseModelCard } from "../network/model.ts";
import type { Database } from "../storage/database.ts";
import { getBaseModel, listBaseModelCards, markBaseModel, putBaseModel } from "../storage/models.ts";
import { contentsOf, inputAt, makeBaseModel, resized } from "./base-model.ts";
import { entryOf, entryOfCatalogue, FROM_FILE, sourceOf } from "./base-model-entries.ts";
import { type BuiltIn, loadBuiltIn } from "./built-in.ts";
import { CATALOGUE } from "./catalogue.ts";
import { WorkerError } from "./errors.ts";
import { type FetchedFile, fetchModelFiles } from "./fetch-model.ts";
import type { BaseModelEntry, DownloadProgress } from "./protocol/index.ts";

export class BaseModels {
  readonly #database: () => Promise<Database>;
  #builtIn: Promise<BuiltIn> | null = null;

  constructor(database: () => Promise<Database>) {
    this.#database = database;
  }

  /** The built-in one first, then the kept ones, then what the catalogue offers and is not kept. */
  async list(): Promise<BaseModelEntry[]> {
    const { base: builtIn, credits } = await this.#loadBuiltIn();
    const kept = await listBaseModelCards(await this.#database());
    const sources = new Set(kept.map(({ source }) => source));
    return [
      { ...entryOf(builtIn), builtIn: true, credits },
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

  /**
   * What photos are made to for a base model, without loading it.
   * @param side as for `load`
   * @throws WorkerError when there is no such base model on this machine
   */
  async inputOf(id: string, side: number | null): Promise<Pick<BaseModelCard, "id" | "preprocessing">> {
    const { base } = await this.#loadBuiltIn();
    const builtIn = base.card;
    const cards = builtIn.id === id ? [builtIn] : await listBaseModelCards(await this.#database());
    const card = cards.find((each) => each.id === id);
    if (!card) throw new WorkerError({ code: "base-model/gone" });
    return inputAt(card, side);
  }

  async #loadAsItIs(id: string): Promise<BaseModel> {
    const { base: builtIn } = await this.#loadBuiltIn();
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
    await markBaseModel(await this.#database(), id, new Date().toISOString());
  }

  async restore(id: string): Promise<void> {
    await markBaseModel(await this.#database(), id, null);
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
    const { base: builtIn } = await this.#loadBuiltIn();
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

  #loadBuiltIn(): Promise<BuiltIn> {
    this.#builtIn ??= loadBuiltIn();
    this.#builtIn.catch(() => {
      this.#builtIn = null;
    });
    return this.#builtIn;
  }
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

function nameOf(model: ModelFile): string {
  return model.kind === "classifier" ? model.classifier.name : model.name;
}
