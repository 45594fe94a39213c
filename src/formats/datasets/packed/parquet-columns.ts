/** Which columns of a Parquet file hold photos and labels, by its schema and by what Hugging Face's `datasets` writes beside it. */
import type { FileMetaData, SchemaTree } from "hyparquet";
import { FormatError } from "../../errors.ts";

export interface Columns {
  readonly image: string;
  /** Whether it is known by its name or type alone; where not, a first photo has to be looked at. */
  readonly isSure: boolean;
  /** null where there is none, or each photo has several labels. */
  readonly label: string | null;
  /** Of a ClassLabel, by their numbers; null where the labels are texts or bare numbers. */
  readonly names: readonly string[] | null;
  readonly isMultiLabel: boolean;
}

const IMAGE_NAMES = ["image", "img", "picture", "photo"];
const LABEL_NAMES = ["label", "labels", "fine_label", "class", "category"];

/** @throws FormatError when no column holds photos @param file its name, for messages */
export function columnsOf({ children }: SchemaTree, metadata: FileMetaData, file: string): Columns {
  const features = featuresIn(metadata);
  const named = IMAGE_NAMES.map((name) => children.find(({ element }) => element.name.toLowerCase() === name)).filter(
    (column) => column !== undefined,
  );
  const bytes = children.filter(holdsBytes);
  const known = named.find(holdsBytes) ?? bytes.find(({ element }) => features.get(element.name)?.kind === "Image");
  const only = bytes.length === 1 ? bytes[0] : undefined;
  const image = known ?? only;
  if (!image) {
    throw new FormatError({ code: named.some(isText) ? "parquet/addresses" : "parquet/no-photos", file });
  }
  const others = children.filter((column) => column !== image);
  const label =
    LABEL_NAMES.map((name) => others.find(({ element }) => element.name.toLowerCase() === name)).find(
      (column) => column !== undefined,
    ) ?? others.find(({ element }) => features.get(element.name)?.kind === "ClassLabel");
  const found = { image: image.element.name, isSure: known !== undefined };
  const name = label?.element.name ?? null;
  if (!label || label.children.length > 0 || label.element.repetition_type === "REPEATED") {
    return { ...found, label: null, names: null, isMultiLabel: label !== undefined };
  }
  return { ...found, label: name, names: features.get(name ?? "")?.names ?? null, isMultiLabel: false };
}

/** Bytes, or a struct with a field of them, as the feature `Image` is written. */
function holdsBytes({ element, children }: SchemaTree): boolean {
  if (element.repetition_type === "REPEATED") return false;
  if (children.length === 0) return isBytes(element);
  return children.some(({ element: field }) => field.name === "bytes" && isBytes(field));
}

type Element = SchemaTree["element"];

const TEXTS: readonly unknown[] = ["UTF8", "ENUM", "JSON"];

function isBytes({ type, converted_type, logical_type }: Element): boolean {
  return type === "BYTE_ARRAY" && !TEXTS.includes(converted_type) && logical_type?.type !== "STRING";
}

function isText({ element, children }: SchemaTree): boolean {
  return children.length === 0 && element.type === "BYTE_ARRAY" && !isBytes(element);
}

interface Feature {
  readonly kind: string;
  readonly names: readonly string[] | null;
}

/** `info.features` of the key `huggingface` (`datasets.Features.arrow_schema`); empty where it is missing or cannot be read. */
function featuresIn({ key_value_metadata: pairs }: FileMetaData): ReadonlyMap<string, Feature> {
  const text = pairs?.find(({ key }) => key === "huggingface")?.value;
  const found = new Map<string, Feature>();
  if (!text) return found;
  for (const [name, feature] of entriesOf(entryOf(entryOf(parse(text), "info"), "features"))) {
    const names = entriesOf(entryOf(feature, "names")).map(([, value]) => value);
    const isNamed = names.length > 0 && names.every((each) => typeof each === "string");
    found.set(name, { kind: String(entryOf(feature, "_type")), names: isNamed ? names : null });
  }
  return found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function entryOf(value: unknown, key: string): unknown {
  return entriesOf(value).find(([name]) => name === key)?.[1];
}
