/** A run in a project file: one JSON file, and a layers-model whose weights it shares with other runs. */
import * as v from "valibot";
import type { Classifier } from "../../network/model.ts";
import type { Run } from "../../project/run.ts";
import { packRunPhotos, type RunDetails, unpackRunPhotos, type WholeRun } from "../../project/run-photos.ts";
import type { ZipFile } from "../archives/zip-stream.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem, rule } from "../field-problem.ts";
import { readTfjsClassifier, writeTfjsClassifier } from "../models/tfjs-classifier.ts";
import { WeightsManifest } from "../models/tfjs-weights.ts";
import {
  Count,
  Counts,
  Course,
  Estimate,
  FileInZip,
  fits,
  Hash,
  Report,
  RunClassifier,
  Share,
  Split,
  TestShortfall,
  Time,
} from "./fields.ts";
import { list, MOST, Text } from "./limits.ts";
import { Settings } from "./settings.ts";

const Details = v.nullable(
  v.union([
    v.object({ report: Report }),
    v.object({
      photos: list(
        v.object({
          photo: Hash,
          split: Split,
          /** Place of its class in the run's classes. */
          label: Count,
          prediction: v.nullable(
            v.object({ as: v.picklist(["validation", "test"]), probabilities: list(Share, MOST.classes) }),
          ),
        }),
        MOST.photos,
      ),
    }),
  ]),
);

const Calibration = v.object({ temperature: v.pipe(v.number(), v.gtValue(0)), photos: Count });
const Rejection = v.object({ falseRejects: Share, heldOut: Count, tested: Count, turnedAway: Count });

const RunFile = v.pipe(
  v.object({
    id: v.pipe(Text, v.minLength(1)),
    number: v.exactOptional(Count),
    finishedAt: Time,
    durationMs: v.nullable(Count),
    classes: list(v.object({ id: Text, name: Text }), MOST.classes),
    settings: Settings,
    startedFrom: v.exactOptional(Text),
    baseModel: v.object({ id: v.nullable(Text), name: Text }),
    backend: v.nullable(Text),
    outcome: Course,
    counts: Counts,
    testShortfalls: v.exactOptional(list(TestShortfall, MOST.classes)),
    unreadPhotos: v.exactOptional(list(Hash, MOST.photos)),
    metrics: v.nullable(v.object({ accuracy: Estimate, macroF1: v.nullable(Estimate) })),
    calibration: v.exactOptional(Calibration),
    rejection: v.exactOptional(Rejection),
    classifier: v.nullable(RunClassifier),
    pinned: v.boolean(),
    note: v.exactOptional(v.pipe(v.string(), v.maxLength(MOST.note))),
    details: Details,
    /** The parts of the weights, in their order. */
    classifierFiles: v.nullable(v.object({ model: FileInZip, weights: list(FileInZip, MOST.weightFiles) })),
  }),
  v.check(({ classes, details }) => {
    const count = classes.length;
    if (!details) return true;
    if ("report" in details) return fits(details.report, count);
    return details.photos.every(
      ({ label, prediction }) => label < count && (!prediction || prediction.probabilities.length === count),
    );
  }, rule("report-unlike-its-classes")),
);

/** SHA-256 in lower-case hexadecimal. */
export type HashBytes = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** Where a classifier lies in the zip already. */
export interface WrittenModel {
  readonly model: FileInZip;
  readonly weights: readonly FileInZip[];
}

export interface RunWriting {
  /** In the zip. */
  readonly folder: string;
  readonly hash: HashBytes;
  /** Hashes of the weights that are in the zip already. */
  readonly written: Set<string>;
  /** The classifier, when it is in the zip already; null to write it. */
  readonly classifier: WrittenModel | null;
}

/** The files of a run; the last one is the run's own. */
export async function* runFiles(
  { run, details, classifier }: WholeRun,
  { folder, hash, written, classifier: inZip }: RunWriting,
): AsyncGenerator<ZipFile> {
  let classifierFiles = classifier && inZip;
  if (classifier && !classifierFiles) {
    const model = new SharedModel(classifier, hash);
    yield* model.files(folder, written);
    classifierFiles = model.description();
  }
  const { deletedAt: _, ...kept } = run;
  const described = { ...kept, details: detailsOf(run, details), classifierFiles };
  yield { path: `${folder}/run.json`, bytes: new TextEncoder().encode(JSON.stringify(described)) };
}

/** Bytes from which on a weight is a file of its own. */
const LARGE = 4096;

/** A layers-model whose large weights lie in files that are named by their hashes. */
class SharedModel {
  readonly #classifier: Classifier;
  readonly #hash: HashBytes;
  #description: WrittenModel | null = null;

  constructor(classifier: Classifier, hash: HashBytes) {
    this.#classifier = classifier;
    this.#hash = hash;
  }

  async *files(folder: string, written: Set<string>): AsyncGenerator<ZipFile> {
    const [model, weights] = writeTfjsClassifier(this.#classifier);
    if (!model || !weights) throw new RangeError("A layers-model is two files.");
    const json = JSON.parse(new TextDecoder().decode(model.bytes));
    const parts: FileInZip[] = [];
    for (const bytes of partsOf(v.parse(WeightsManifest, json.weightsManifest), weights.bytes)) {
      const sha256 = await this.#hash(bytes);
      const path = `runs/weights/${sha256}.bin`;
      parts.push({ path, sha256 });
      if (written.has(sha256)) continue;
      written.add(sha256);
      yield { path, bytes };
    }
    const [group] = json.weightsManifest;
    const weightsManifest = [{ ...group, paths: parts.map(({ path }) => `../../${path}`) }];
    const bytes = new TextEncoder().encode(JSON.stringify({ ...json, weightsManifest }));
    const path = `${folder}/model.json`;
    this.#description = { model: { path, sha256: await this.#hash(bytes) }, weights: parts };
    yield { path, bytes };
  }

  description(): WrittenModel | null {
    return this.#description;
  }
}

/** The bytes of the weights, cut so that each large weight is a part; small ones between them stay together. */
function* partsOf(manifest: WeightsManifest, bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  let from = 0;
  let at = 0;
  for (const { shape } of manifest.flatMap((group) => group.weights)) {
    const size = 4 * shape.reduce((product, length) => product * length, 1);
    if (size >= LARGE) {
      if (at > from) yield bytes.slice(from, at);
      yield bytes.slice(at, at + size);
      from = at + size;
    }
    at += size;
  }
  if (bytes.length > from) yield bytes.slice(from);
}

function detailsOf({ classes }: Run, details: RunDetails | null): v.InferInput<typeof Details> {
  if (!details || "report" in details) return details && { report: { ...details.report } as never };
  return { photos: [...unpackRunPhotos(details, classes.length)] as never };
}

/** A run as it was read, its classifier's files still to be read. */
export interface ReadRun {
  readonly run: Run;
  readonly details: RunDetails | null;
  readonly classifierFiles: WrittenModel | null;
}

/**
 * @param place the zip's name and the run's path in it, for messages
 * @throws FormatError naming the field that is wrong
 */
export function readRun(json: unknown, place: { readonly file: string; readonly path: string }): ReadRun {
  const parsed = v.safeParse(RunFile, json);
  if (!parsed.success) {
    throw new FormatError({ code: "project-file/field", ...place, ...fieldProblem(parsed.issues) });
  }
  const { details, classifierFiles, ...run } = parsed.output;
  return {
    run: { ...run, deletedAt: null },
    details: details && ("photos" in details ? packRunPhotos(details.photos) : details),
    classifierFiles,
  };
}

/** @param parts of the weights, in their order */
export function joinClassifier(modelJson: unknown, parts: readonly Uint8Array[]): Classifier {
  const weights = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    weights.set(part, at);
    at += part.length;
  }
  return readTfjsClassifier(modelJson, weights);
}
