/** `manifest.json` of a project file: what it may say, checked field by field. Described in docs/project-file.md. */
import * as v from "valibot";
import type { Dataset as DatasetOf } from "../../dataset/dataset.ts";
import { migrateProject, PROJECT_VERSION, type RunWithDetails } from "../../project/migrate.ts";
import type { ProjectState } from "../../project/project.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem, rule } from "../field-problem.ts";
import { PreprocessingSchema } from "../models/preprocessing-schema.ts";
import { Count, FileInZip, Hash, Split, Summary, Time } from "./fields.ts";
import { list, MOST, Text } from "./limits.ts";
import { Settings } from "./settings.ts";
import { RunsOfTwo } from "./version-2.ts";

export const PROJECT_FORMAT = "headstart-project";

const CLEARED = ["label", "duplicate", "leak", "outlier", "blurred", "dark", "bright", "tiny"] as const;

/** In the project's own words: see `Sample`. */
const Photo = v.object({
  /** In the zip. */
  path: Text,
  /** Bytes. */
  size: Count,
  photo: Hash,
  classId: Text,
  fileName: Text,
  width: Count,
  height: Count,
  fixedSplit: v.nullable(Split),
  excluded: v.boolean(),
  burst: v.nullable(Text),
  looks: v.nullable(
    v.object({
      hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/, rule("not-16-hexadecimal-digits"))),
      sharpness: v.number(),
      brightness: v.number(),
    }),
  ),
  cleared: list(v.picklist(CLEARED), CLEARED.length),
});

const Dataset = v.pipe(
  v.object({
    classes: list(
      v.object({ id: Text, name: v.pipe(Text, v.minLength(1)), colour: v.exactOptional(Count) }),
      MOST.classes,
    ),
    samples: list(Photo, MOST.photos),
  }),
  v.check(({ classes }) => new Set(classes.map(({ id }) => id)).size === classes.length, rule("class-twice")),
  v.check(({ classes, samples }) => {
    const ids = new Set(classes.map(({ id }) => id));
    return samples.every(({ classId }) => ids.has(classId));
  }, rule("photo-of-unknown-class")),
);

const State = {
  name: Text,
  dataset: Dataset,
  groups: list(list(Hash, MOST.photos), MOST.photos),
  settings: Settings,
  baseModelId: v.nullable(Text),
};

/** By the version that has it. */
const PROJECTS = { 2: v.object({ ...State, ...RunsOfTwo }), 3: v.object(State) };

/** A TensorFlow.js layers-model in the zip; `sha256` of the two files' bytes. */
const ModelFiles = v.object({ model: FileInZip, weights: FileInZip });

const BaseModelCard = v.object({
  id: Text,
  name: Text,
  preprocessing: PreprocessingSchema,
  fedBy: v.exactOptional(v.picklist(["guess", "choice"])),
  embeddingSize: Count,
  parameters: Count,
  multiplyAdds: Count,
  blocks: Count,
  bytes: Count,
  source: Text,
});

const Manifest = v.object({
  format: v.literal(PROJECT_FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  savedAt: Time,
  project: v.record(v.string(), v.unknown()),
  /** The runs' own files, the newest first; versions before 3 had the runs within the project. */
  runs: v.optional(list(FileInZip, MOST.runs), []),
  /** The run whose classifier is in use; null when it is of none. */
  inUse: v.optional(v.nullable(Text), null),
  /** null when it is the built-in one or none. */
  baseModel: v.nullable(v.object({ card: BaseModelCard, files: ModelFiles })),
  /** The one in use; null when there is none. */
  classifier: v.nullable(v.object({ summary: Summary, files: ModelFiles })),
});

export type ManifestPhoto = v.InferOutput<typeof Photo>;
export type ModelFiles = v.InferOutput<typeof ModelFiles>;

/** A manifest that was checked and brought to today's shape. */
export interface ProjectManifest extends Omit<v.InferOutput<typeof Manifest>, "project" | "version" | "format"> {
  readonly project: Omit<ProjectState, "dataset"> & {
    readonly dataset: Omit<DatasetOf, "samples"> & { readonly samples: readonly ManifestPhoto[] };
  };
  /** What versions before 3 kept of runs. */
  readonly earlierRuns: readonly RunWithDetails[];
}

/** Whether parsed JSON is the manifest of a project file, of whatever version. */
export function isProjectManifest(json: unknown): boolean {
  return v.is(v.object({ format: v.literal(PROJECT_FORMAT) }), json);
}

/**
 * Checks a manifest and brings it to today's shape. `version` is that of the project's state, see `migrateProject`.
 *
 * @param name of the file, for messages
 * @throws FormatError naming the field that is wrong, or that a newer Headstart wrote it
 */
export function parseManifest(json: unknown, name: string): ProjectManifest {
  const { version, project, format: _, ...manifest } = parse(Manifest, json, name);
  if (version > PROJECT_VERSION) {
    throw new FormatError({ code: "project-file/newer", file: name, version, newest: PROJECT_VERSION });
  }
  // Version 1 is checked as version 2: what it lacks is filled in.
  const { state, runs } = migrateProject(project, version, (plain, at) => {
    if (at === 1) return plain;
    if (at === 2) return parse(v.object({ project: PROJECTS[2] }), { project: plain }, name).project;
    const checked = parse(v.object({ project: PROJECTS[3] }), { project: plain }, name).project;
    // Of runs within the project only those are right that the step to version 3 has made.
    return version === PROJECT_VERSION ? checked : { ...checked, runs: plain.runs };
  });
  // The schema has kept what the file says of each photo.
  return { ...manifest, project: state as unknown as ProjectManifest["project"], earlierRuns: runs };
}

function parse<Schema extends v.GenericSchema>(schema: Schema, json: unknown, name: string): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  throw new FormatError({
    ...{ code: "project-file/field", file: name, path: "manifest.json" },
    ...fieldProblem(parsed.issues),
  });
}
