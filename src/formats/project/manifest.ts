/** `manifest.json` of a project file: what it may say, checked field by field. Described in docs/project-file.md. */
import * as v from "valibot";
import { migrateState, type PlainState, STATE_VERSION, StateVersionError } from "../../project/migrate.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem, rule } from "../field-problem.ts";
import { Count, EarlierRun, Hash, LastRun, Settings, Summary } from "./run.ts";

export const PROJECT_FORMAT = "headstart-project";

/** In the project's own words: see `Sample`. */
const Photo = v.object({
  /** In the zip. */
  path: v.string(),
  /** Bytes. */
  size: Count,
  photo: Hash,
  classId: v.string(),
  fileName: v.string(),
  width: Count,
  height: Count,
  fixedSplit: v.nullable(v.picklist(["train", "validation", "test"])),
  excluded: v.boolean(),
  burst: v.nullable(v.string()),
  looks: v.nullable(
    v.object({
      hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/, rule("not-16-hexadecimal-digits"))),
      sharpness: v.number(),
      brightness: v.number(),
    }),
  ),
  cleared: v.array(v.picklist(["label", "duplicate", "leak", "outlier", "blurred", "dark", "bright", "tiny"])),
});

const Dataset = v.pipe(
  v.object({
    classes: v.array(
      v.object({ id: v.string(), name: v.pipe(v.string(), v.minLength(1)), colour: v.exactOptional(Count) }),
    ),
    samples: v.array(Photo),
  }),
  v.check(({ classes }) => new Set(classes.map(({ id }) => id)).size === classes.length, rule("class-twice")),
  v.check(({ classes, samples }) => {
    const ids = new Set(classes.map(({ id }) => id));
    return samples.every(({ classId }) => ids.has(classId));
  }, rule("photo-of-unknown-class")),
);

const Project = v.object({
  name: v.string(),
  dataset: Dataset,
  groups: v.array(v.array(Hash)),
  settings: Settings,
  baseModelId: v.nullable(v.string()),
  lastRun: v.nullable(LastRun),
  runs: v.array(EarlierRun),
});

/** A TensorFlow.js layers-model in the zip; `sha256` of the two files' bytes. */
const ModelFiles = v.object({
  model: v.object({ path: v.string(), sha256: Hash }),
  weights: v.object({ path: v.string(), sha256: Hash }),
});

const perChannel = v.tuple([v.number(), v.number(), v.number()]);
const side = v.pipe(v.number(), v.integer(), v.minValue(1));

const BaseModelCard = v.object({
  id: v.string(),
  name: v.string(),
  preprocessing: v.object({
    height: side,
    width: side,
    crop: v.picklist(["center", "squash"]),
    channelOrder: v.picklist(["RGB", "BGR"]),
    scale: perChannel,
    offset: perChannel,
  }),
  embeddingSize: Count,
  parameters: Count,
  multiplyAdds: Count,
  blocks: Count,
  bytes: Count,
  source: v.string(),
  note: v.string(),
});

const Manifest = v.object({
  format: v.literal(PROJECT_FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** ISO 8601. */
  savedAt: v.string(),
  project: Project,
  /** null when it is the built-in one or none. */
  baseModel: v.nullable(v.object({ card: BaseModelCard, files: ModelFiles })),
  /** The one in use; null when there is none. */
  classifier: v.nullable(v.object({ summary: Summary, files: ModelFiles })),
});

export type ProjectManifest = v.InferOutput<typeof Manifest>;
export type ManifestPhoto = v.InferOutput<typeof Photo>;
export type ModelFiles = v.InferOutput<typeof ModelFiles>;

const Envelope = v.object({ format: v.literal(PROJECT_FORMAT), version: Manifest.entries.version });

/** Whether parsed JSON is the manifest of a project file, of whatever version. */
export function isProjectManifest(json: unknown): boolean {
  return v.is(v.object({ format: v.literal(PROJECT_FORMAT) }), json);
}

/**
 * Checks a manifest and brings it to today's shape. `version` is that of the project's state, see `migrateState`.
 *
 * @param name of the file, for messages
 * @throws FormatError naming the field that is wrong, or that a newer Headstart wrote it
 */
export function parseManifest(json: unknown, name: string): ProjectManifest {
  const { version } = parse(Envelope, json, name);
  const given = json as PlainState & { readonly project?: PlainState };
  try {
    const project = migrateState(given.project ?? {}, version);
    return parse(Manifest, { ...given, version: STATE_VERSION, project }, name);
  } catch (error) {
    if (!(error instanceof StateVersionError)) throw error;
    throw new FormatError({ code: "project-file/newer", file: name, version, newest: STATE_VERSION });
  }
}

function parse<Schema extends v.GenericSchema>(schema: Schema, json: unknown, name: string): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  throw new FormatError({ code: "project-file/field", file: name, ...fieldProblem(parsed.issues) });
}
