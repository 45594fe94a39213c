/** The base models to choose from: the built-in one, those kept in the browser, and the catalogue's. */
import { loadMobileNet, type MobileNetRequest } from "../engine/mobilenet-package.ts";
import { isGraphModel } from "../formats/models/model-files.ts";
import type { UsualFeeding } from "../network/feedings.ts";
import type { BaseModel, BaseModelCard } from "../network/model.ts";
import type { Database } from "../storage/database.ts";
import { getBaseModel, listBaseModelCards, markBaseModel, putBaseModel } from "../storage/models.ts";
import { inputAt, makeBaseModel, refed, resized } from "./base-model.ts";
import { entryOf, entryOfCatalogue, FROM_FILE, FROM_PROJECT_FILE, sourceOf } from "./base-model-entries.ts";
import { type BuiltIn, loadBuiltIn } from "./built-in.ts";
import { CATALOGUE } from "./catalogue.ts";
import { WorkerError } from "./errors.ts";
import { type FetchedFile, fetchModelFiles } from "./fetch-model.ts";
import type { ReadingTask } from "./model-reader.ts";
import type { BaseModelEntry, DownloadProgress, IncomingFile } from "./protocol/index.ts";
import { type ReadingTools, readBaseModel } from "./reading-models.ts";

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
  async add(files: readonly IncomingFile[], tools: ReadingTools): Promise<BaseModelEntry> {
    return this.keep(await readBaseModel({ files: { given: files }, name: null, source: FROM_FILE }, tools));
  }

  /** Fetches from the catalogue's host or from an address, and keeps it. */
  async fetch(
    source: { readonly catalogueId: string } | { readonly url: string },
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<BaseModelEntry> {
    if ("url" in source) {
      const from = { name: null, source: hostOf(source.url) };
      return this.keep(await fetchFromAddress(source.url, from, { onProgress, signal }));
    }
    const entry = CATALOGUE.find(({ id }) => id === source.catalogueId);
    if (!entry) throw new WorkerError({ code: "base-model/not-in-catalogue", id: source.catalogueId });
    const tellTotal = ({ bytes }: DownloadProgress) => onProgress({ bytes, totalBytes: Math.max(bytes, entry.bytes) });
    const from = { name: entry.name, source: sourceOf(entry) };
    const tools = { onProgress: tellTotal, signal };
    if (entry.from.kind !== "url") return this.keep(await readPackage(entry.from, from, tools));
    return this.keep(await readFetched(await fetchModelFiles(entry.from.url, tellTotal, signal), from, tools));
  }

  /**
   * Keeps a base model a second time, with pixels fed as somebody chose: as another one, whose embeddings are its own.
   * @throws WorkerError when it is not on this machine
   */
  async refeed(id: string, feeding: UsualFeeding): Promise<BaseModelEntry> {
    return this.keep(await refed(await this.#loadAsItIs(id), feeding));
  }

  async delete(id: string): Promise<void> {
    await markBaseModel(await this.#database(), id, new Date().toISOString());
  }

  async restore(id: string): Promise<void> {
    await markBaseModel(await this.#database(), id, null);
  }

  /** Keeps a base model that was read from files. */
  async keep(base: BaseModel): Promise<BaseModelEntry> {
    await putBaseModel(await this.#database(), base);
    return entryOf(base);
  }

  /** A kept base model, for another browser that may lack it; null for the built-in one and one that is not kept. */
  async toTakeAlong(id: string): Promise<BaseModel | null> {
    const { base: builtIn } = await this.#loadBuiltIn();
    return builtIn.card.id === id ? null : getBaseModel(await this.#database(), id);
  }

  /**
   * Keeps a base model that a project came with, unless it is here. Its content decides which one it is, and where it is from is
   * known: whatever its card says, it is neither built in nor an official one. Gives its id.
   */
  async adopt({ card, network }: BaseModel): Promise<string> {
    const base = await makeBaseModel({ ...card, network, source: FROM_PROJECT_FILE });
    const here = (await this.list()).find(({ id }) => id === base.card.id);
    if (here?.card) return here.id;
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

/** What its card says of a base model that comes over the network. */
type Named = Pick<ReadingTask, "name" | "source">;

/** A graph-model is MobileNet's as its package takes it by `modelUrl`; other models are read as they are. */
async function fetchFromAddress(url: string, from: Named, tools: ReadingTools): Promise<BaseModel> {
  const files = await fetchModelFiles(url, tools.onProgress, tools.signal);
  return isGraphModel(files)
    ? readPackage({ version: 1, alpha: 1, modelUrl: url }, from, tools)
    : readFetched(files, from, tools);
}

/** Loads MobileNet through `@tensorflow-models/mobilenet`, from its own host or its `modelUrl`. */
async function readPackage(request: MobileNetRequest, from: Named, tools: ReadingTools): Promise<BaseModel> {
  const { modelJson, weights } = await loadMobileNet(request);
  const files = [
    { path: "model.json", bytes: new TextEncoder().encode(JSON.stringify(modelJson)) },
    { path: "weights.bin", bytes: weights },
  ];
  return readFetched(files, from, tools);
}

async function readFetched(files: readonly FetchedFile[], from: Named, tools: ReadingTools): Promise<BaseModel> {
  // How much is read was told while it was fetched.
  const quiet = { ...tools, onProgress: () => undefined };
  return readBaseModel({ files: { fetched: files }, ...from }, quiet);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
