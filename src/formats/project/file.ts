/**
 * A whole project in one zip: photos with their own bytes under readable names, labels, splits, settings, runs, models.
 * Written and read file by file. The layout is described in docs/project-file.md.
 */
import type { ClassId, PhotoClass, Sample } from "../../dataset/dataset.ts";
import { checkPhotos } from "../../network/check.ts";
import type { BaseModel, Classifier } from "../../network/model.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import { PROJECT_VERSION } from "../../project/migrate.ts";
import type { ProjectState } from "../../project/project.ts";
import type { WholeRun } from "../../project/run-photos.ts";
import type { ZipEntry } from "../archives/zip.ts";
import { manifestIn } from "../archives/zip-manifest.ts";
import type { ZipFile } from "../archives/zip-stream.ts";
import { FormatError } from "../errors.ts";
import { createNames, safeName } from "../file-names.ts";
import { readTfjsClassifier, writeTfjsClassifier } from "../models/tfjs-classifier.ts";
import { readLayersModel } from "../models/tfjs-layers.ts";
import { writeLayersModel } from "../models/tfjs-layers-write.ts";
import type { FileInZip } from "./fields.ts";
import {
  isProjectManifest,
  type ManifestPhoto,
  type ModelFiles,
  PROJECT_FORMAT,
  type ProjectManifest,
  parseManifest,
} from "./manifest.ts";
import { type HashBytes, joinClassifier, readRun, runFiles, type WrittenModel } from "./run.ts";

export type { HashBytes } from "./run.ts";

/** A project on its way into a file. */
export interface ProjectContents {
  readonly project: ProjectState;
  readonly runs: AsyncIterable<WholeRun> | Iterable<WholeRun>;
  /** The one in use, with what is said of it. */
  readonly classifier: { readonly classifier: Classifier; readonly summary: ClassifierSummary } | null;
  /** null when every Headstart has it, or there is none. */
  readonly baseModel: BaseModel | null;
  /** ISO 8601. */
  readonly savedAt: string;
}

/** A project file whose manifest has been read and checked. */
export interface ProjectFile {
  readonly manifest: ProjectManifest;
  /** A photo's bytes as they lie in the file. @throws FormatError when they are missing or damaged */
  photo(photo: ManifestPhoto): Promise<Blob>;
  /** One of the manifest's `runs`. @throws FormatError when it is missing or damaged */
  run(file: FileInZip): Promise<RunInFile>;
  /** The one in use, read once; null when there is none. @throws FormatError when it is missing or damaged */
  classifier(): Promise<Classifier | null>;
  /** null when the file needs none. @throws FormatError when it is missing or damaged */
  baseModel(): Promise<BaseModel | null>;
}

/** A run as a file has it; its classifier is read when it is asked for. */
export interface RunInFile extends Omit<WholeRun, "classifier"> {
  /** null when the file has none. @throws FormatError when it is missing or damaged */
  classifier(): Promise<Classifier | null>;
}

/**
 * The zip's files, one at a time. The manifest comes last, and says what is there.
 *
 * @param readPhoto a photo's bytes, or null when they cannot be read, which leaves the photo out
 */
export async function* projectFiles(
  { project, runs, classifier, baseModel, savedAt }: ProjectContents,
  readPhoto: (sample: Sample) => Promise<Uint8Array | null>,
  hash: HashBytes,
): AsyncGenerator<ZipFile> {
  const { classes, samples } = project.dataset;
  const pathOf = photoPaths(classes);
  const photos: object[] = [];
  for (const sample of samples) {
    const bytes = await readPhoto(sample);
    if (!bytes) continue;
    const path = pathOf(sample);
    photos.push({ ...sample, path, size: bytes.length });
    yield { path, bytes };
  }
  const ofClassifier = classifier ? inFolder("classifier", writeTfjsClassifier(classifier.classifier)) : [];
  const ofBaseModel = baseModel ? inFolder("base-model", writeBaseModel(baseModel)) : [];
  yield* ofClassifier;
  yield* ofBaseModel;
  const classifierFiles = classifier && (await describe(ofClassifier, hash));
  const inUse = classifier?.summary.runId ?? null;
  const runList: FileInZip[] = [];
  const written = new Set<string>();
  for await (const whole of runs) {
    const own = whole.run.id === inUse ? classifierFiles : null;
    const inZip = own && { model: own.model, weights: [own.weights] };
    const writing = { folder: `runs/${runList.length + 1}`, hash, written, classifier: inZip };
    for await (const file of runFiles(whole, writing)) {
      yield file;
      if (file.path.endsWith("/run.json")) runList.push(await inZipOf(file, hash));
    }
  }
  const manifest = {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    savedAt,
    project: { ...project, dataset: { classes, samples: photos } },
    runs: runList,
    inUse,
    baseModel: baseModel && { card: baseModel.card, files: await describe(ofBaseModel, hash) },
    classifier: classifier && { summary: classifier.summary, files: classifierFiles },
  };
  yield { path: "manifest.json", bytes: bytesOf(JSON.stringify(manifest, null, 1)) };
}

/**
 * Reads the manifest of a project file; photos and models are read when they are asked for.
 *
 * @param name the file's, for messages
 * @returns null when the zip is something else
 * @throws FormatError when the manifest is damaged, or of a newer Headstart
 */
export async function readProjectFile(
  entries: readonly ZipEntry[],
  name: string,
  hash: HashBytes,
): Promise<ProjectFile | null> {
  const found = await manifestIn(entries);
  if (!found || !isProjectManifest(found.json)) return null;
  const manifest = parseManifest(found.json, name);
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const blobOf = async (path: string): Promise<Blob> => {
    const entry = byPath.get(`${found.folder}${path}`);
    if (!entry) throw new FormatError({ code: "project-file/missing", file: name, path });
    return entry.blob();
  };
  const checked = async ({ path, sha256 }: FileInZip): Promise<Uint8Array> => {
    const bytes = new Uint8Array(await (await blobOf(path)).arrayBuffer());
    if ((await hash(bytes)) !== sha256) throw new FormatError({ code: "project-file/changed", file: name, path });
    return bytes;
  };
  const json = async (file: FileInZip): Promise<unknown> => {
    const text = new TextDecoder().decode(await checked(file));
    return parseJson(text, name, file.path);
  };
  const model = async ({ model, weights }: ModelFiles): Promise<[unknown, Uint8Array]> => [
    await json(model),
    await checked(weights),
  ];
  const inUse = manifest.classifier?.files;
  let reading: Promise<Classifier | null> | null = null;
  const classifier = () => {
    reading ??= inUse ? model(inUse).then((parts) => readTfjsClassifier(...parts)) : Promise.resolve(null);
    return reading;
  };
  const classifierOf = async (files: WrittenModel): Promise<Classifier | null> => {
    // The files of the one in use are those of its run, too.
    if (inUse && isSameModel(files, { model: inUse.model, weights: [inUse.weights] })) return classifier();
    const parts: Uint8Array[] = [];
    for (const part of files.weights) parts.push(await checked(part));
    return joinClassifier(await json(files.model), parts);
  };
  return {
    manifest,
    photo: ({ path }) => blobOf(path),
    async run(file) {
      const { run, details, classifierFiles } = readRun(await json(file), { file: name, path: file.path });
      return {
        ...{ run, details },
        async classifier() {
          const read = classifierFiles && run.classifier && (await classifierOf(classifierFiles));
          if (read && read.classNames.length !== run.classes.length) {
            throw new FormatError({ code: "project-file/classifier-unlike-run", file: name, path: file.path });
          }
          return read;
        },
      };
    },
    classifier,
    async baseModel() {
      if (!manifest.baseModel) return null;
      const { card, files } = manifest.baseModel;
      const network = readLayersModel(...(await model(files)));
      checkPhotos({ network, preprocessing: card.preprocessing });
      return { card, network };
    },
  };
}

/** Whether two places of a model in the zip are the same. */
function isSameModel(one: WrittenModel, other: WrittenModel): boolean {
  const files = ({ model, weights }: WrittenModel) => [model, ...weights].map(({ path, sha256 }) => [path, sha256]);
  return JSON.stringify(files(one)) === JSON.stringify(files(other));
}

/** `photos/<class>/<file name>`, each once. */
function photoPaths(classes: readonly PhotoClass[]): (sample: Pick<Sample, "classId" | "fileName">) => string {
  const nextFolder = createNames();
  const folders = new Map<ClassId, { folder: string; nextName: (name: string) => string }>(
    classes.map(({ id, name }) => [id, { folder: nextFolder(safeName(name)), nextName: createNames() }]),
  );
  return ({ classId, fileName }) => {
    const place = folders.get(classId);
    if (!place) throw new FormatError({ code: "project-file/unknown-class", photo: fileName });
    return `photos/${place.folder}/${place.nextName(safeName(fileName))}`;
  };
}

function writeBaseModel({ network }: BaseModel): ZipFile[] {
  const { modelJson, weights } = writeLayersModel(network);
  return [
    { path: "model.json", bytes: bytesOf(JSON.stringify(modelJson)) },
    { path: "weights.bin", bytes: weights },
  ];
}

function inFolder(folder: string, files: readonly ZipFile[]): ZipFile[] {
  return files.map(({ path, bytes }) => ({ path: `${folder}/${path}`, bytes }));
}

/** @param files a model's, `model.json` and `weights.bin` first */
async function describe([model, weights]: readonly ZipFile[], hash: HashBytes): Promise<ModelFiles> {
  if (!model || !weights) throw new RangeError("A layers-model is two files.");
  return { model: await inZipOf(model, hash), weights: await inZipOf(weights, hash) };
}

async function inZipOf({ path, bytes }: ZipFile, hash: HashBytes): Promise<FileInZip> {
  return { path, sha256: await hash(bytes as Uint8Array<ArrayBuffer>) };
}

/** Its hash was right: whoever wrote it wrote no JSON. */
function parseJson(text: string, file: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError({ code: "project-file/changed", file, path });
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
