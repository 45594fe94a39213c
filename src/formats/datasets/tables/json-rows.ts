/** Labels in JSON and JSON Lines: lists of records, of files by class, and what labelling tools write. */
import type { Remark, TreeFile } from "../tree.ts";
import { MOST_CELLS, nameOf, SEVERAL, type Table, textOf } from "./table.ts";

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isScalar = (value: Json): value is string | number | boolean =>
  ["string", "number", "boolean"].includes(typeof value);

/** Rows of a JSON file; null where it holds nothing like a table. */
export async function readJson(file: TreeFile): Promise<Table | Remark | null> {
  const text = (await textOf(file)).replace(/^\ufeff/, "").trim();
  const json = parse(text);
  if (json === undefined) {
    return text.startsWith("{") || text.startsWith("[") ? { remark: "damaged-table", file: nameOf(file) } : null;
  }
  return fromJson(json, file);
}

/** JSON, or a record per line of which the last may be cut off; undefined when it is neither. */
function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
    const records: Json[] = [];
    for (const [at, line] of lines.entries()) {
      try {
        records.push(JSON.parse(line));
      } catch {
        if (at < lines.length - 1 || at === 0) return undefined;
      }
    }
    return records.every(isObject) ? records : undefined;
  }
}

function fromJson(json: Json, file: TreeFile): Table | Remark | null {
  if (Array.isArray(json)) return json.some(isLabelStudioTask) ? fromLabelStudio(json, file) : fromRecords(json, file);
  if (!isObject(json)) return null;
  if (Array.isArray(json.images) && Array.isArray(json.annotations)) return fromCoco(json, file);
  if (isObject(json.labels)) return fromPairs(json.labels, file, Array.isArray(json.classes) ? json.classes : []);
  const list = Object.values(json).find((value) => Array.isArray(value) && value.some(isObject));
  if (Array.isArray(list)) return fromRecords(list, file);
  return fromPairs(json, file, []);
}

/** `{ "a.jpg": "cat" }`, or `{ "cat": ["a.jpg"] }`. */
function fromPairs(pairs: JsonObject, file: TreeFile, classes: readonly Json[]): Table | null {
  const nameOfClass = (value: Json) => String((typeof value === "number" ? classes[value] : undefined) ?? value);
  const rows = Object.entries(pairs).flatMap(([key, value]) => {
    if (isScalar(value)) return [[key, nameOfClass(value)]];
    if (!Array.isArray(value) || !value.every(isScalar)) return [];
    return classes.length > 0
      ? [[key, value.map(nameOfClass).join(SEVERAL)]]
      : value.map((each) => [String(each), key]);
  });
  return rows.length ? { file, header: ["file", "label"], rows } : null;
}

function fromRecords(records: readonly Json[], file: TreeFile): Table | Remark | null {
  const flat = records.filter(isObject).map((record) => flatten(record));
  const header = [...new Set(flat.flatMap((record) => [...record.keys()]))];
  if (flat.length === 0) return null;
  if (header.length * flat.length > MOST_CELLS) return { remark: "damaged-table", file: nameOf(file) };
  return { file, header, rows: flat.map((record) => header.map((name) => record.get(name) ?? "")) };
}

function flatten(record: JsonObject, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(record)) {
    const name = prefix + key;
    if (isScalar(value)) flat.set(name, String(value));
    else if (Array.isArray(value) && value.every(isScalar)) flat.set(name, value.map(String).join(SEVERAL));
    else if (isObject(value) && prefix.split(".").length < 3) {
      for (const [inner, text] of flatten(value, `${name}.`)) flat.set(inner, text);
    } else if (Array.isArray(value) && value.some(isObject)) flat.set(name, "[objects]");
  }
  return flat;
}

/** Microsoft's COCO: photos, annotations and categories. */
function fromCoco(json: JsonObject, file: TreeFile): Table | Remark | null {
  const list = (value: Json) => (Array.isArray(value) ? value.filter(isObject) : []);
  const annotations = list(json.annotations);
  const has = (key: string) => annotations.some(({ [key]: value }) => Array.isArray(value) && value.length > 0);
  if (has("bbox")) return { remark: "boxes", file: nameOf(file) };
  if (has("segmentation")) return { remark: "segmentations", file: nameOf(file) };
  const names = new Map(list(json.categories).map(({ id, name }) => [id, String(name)]));
  const labels = new Map<Json, string[]>();
  for (const { image_id: image, category_id: category } of annotations) {
    const name = names.get(category) ?? String(category);
    const others = labels.get(image);
    if (others) others.push(name);
    else labels.set(image, [name]);
  }
  const rows = list(json.images).map(({ id, file_name: name }) => [
    String(name),
    [...new Set(labels.get(id) ?? [])].join(SEVERAL),
  ]);
  return rows.length ? { file, header: ["file_name", "label"], rows } : null;
}

function isLabelStudioTask(task: Json): boolean {
  return isObject(task) && isObject(task.data) && (Array.isArray(task.annotations) || Array.isArray(task.completions));
}

/** Label Studio's export: tasks, each with the photo under `data` and what was chosen under `annotations`. */
function fromLabelStudio(tasks: readonly Json[], file: TreeFile): Table | Remark {
  const rows: string[][] = [];
  for (const task of tasks.filter(isObject)) {
    const data = isObject(task.data) ? Object.values(task.data) : [];
    const photo = data.find((value) => typeof value === "string" && /[./]/.test(value));
    const [annotation] = [task.annotations ?? task.completions].flat().filter(isObject);
    const results = [annotation?.result].flat().filter(isObject);
    const types = results.map(({ type }) => String(type).toLowerCase());
    if (types.some((type) => type.startsWith("rectangle"))) return { remark: "boxes", file: nameOf(file) };
    if (types.some((type) => /^(polygon|brush|ellipse|keypoint)/.test(type))) {
      return { remark: "segmentations", file: nameOf(file) };
    }
    const choices = results.flatMap(({ value }) =>
      isObject(value) && Array.isArray(value.choices) ? value.choices : [],
    );
    rows.push([String(photo ?? ""), choices.map(String).join(SEVERAL)]);
  }
  return { file, header: ["image", "label"], rows };
}
