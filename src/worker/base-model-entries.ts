/** Base models as they stand in the list to choose from. */
import type { BaseModel } from "../network/model.ts";
import { CATALOGUE, type CatalogueEntry } from "./catalogue.ts";
import type { BaseModelEntry, BaseModelNote, BaseModelOrigin } from "./protocol/index.ts";

/** `source` of cards. */
export const BUILT_IN = "built-in";
export const FROM_FILE = "file";
export const FROM_PROJECT_FILE = "project-file";
/** What earlier versions wrote for it. */
const FROM_FILE_BEFORE = "your file";

/** What the card of a base model says that was fetched by this entry. */
export function sourceOf(entry: CatalogueEntry): string {
  return `${entry.host} (${entry.id})`;
}

/** A base model that is on this machine. */
export function entryOf({ card }: Pick<BaseModel, "card">): BaseModelEntry {
  const { id, name, source } = card;
  const about = { origin: originOf(source), note: noteOf(source), credits: null };
  return { id, name, card, download: null, recommended: false, builtIn: false, ...about };
}

function originOf(source: string): BaseModelOrigin {
  if (source === BUILT_IN) return { kind: "built-in" };
  if (source === FROM_FILE || source === FROM_FILE_BEFORE) return { kind: "file" };
  if (source === FROM_PROJECT_FILE) return { kind: "project-file" };
  return { kind: "host", host: source.replace(/ \(.*\)$/, "") };
}

function noteOf(source: string): BaseModelNote | null {
  if (source === BUILT_IN) return "built-in";
  return CATALOGUE.find((entry) => sourceOf(entry) === source)?.note ?? null;
}

/** A base model that can be downloaded. */
export function entryOfCatalogue(entry: CatalogueEntry): BaseModelEntry {
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
    credits: null,
  };
}
