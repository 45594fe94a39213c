/** Projects and photo sets into files, and project files into projects. */

import { EMPTY_DATASET, type Sample } from "../dataset/dataset.ts";
import { addSamples } from "../dataset/edit.ts";
import { readZip } from "../formats/archives/zip.ts";
import { manifestIn } from "../formats/archives/zip-manifest.ts";
import { streamZip, type ZipFile } from "../formats/archives/zip-stream.ts";
import { photoSetFiles } from "../formats/datasets/photo-set.ts";
import { teachableMachineSamples } from "../formats/datasets/teachable-machine-project.ts";
import { FormatError } from "../formats/errors.ts";
import { type Hash, type ProjectFile, projectFiles, readProjectFile } from "../formats/project/file.ts";
import { isProjectManifest, type ManifestPhoto } from "../formats/project/manifest.ts";
import type { ClassifierSummary } from "../project/classifier.ts";
import type { ProjectState } from "../project/project.ts";
import type { Database } from "../storage/database.ts";
import { writeDownload } from "../storage/downloads.ts";
import { getPhoto, hashBytes } from "../storage/photos.ts";
import type { ProjectClassifier } from "../storage/project-records.ts";
import { createProject } from "../storage/projects.ts";
import type { BaseModels } from "./base-models.ts";
import { fileNameOf } from "./classifiers.ts";
import type { Decoders } from "./decoders.ts";
import { faultIn } from "./errors.ts";
import { isZip } from "./model-blobs.ts";
import { forEachAtOnce } from "./pool.ts";
import type { WorkerFault } from "./protocol/faults.ts";
import type {
  FileProgress,
  IncomingFile,
  OpenedProjectFile,
  RecognisedFile,
  SavedFile,
  SkippedFile,
} from "./protocol/index.ts";

/** Photos under way in each decoder. */
const AT_ONCE = 3;
/** The page is told at most this often. */
const TELL_EVERY_MS = 150;

const hash: Hash = (bytes) => hashBytes(bytes);

/** Says by its content whether a file is a project or another tool's photos; everything else is `other`. */
export async function recogniseFile({ path, blob }: IncomingFile): Promise<RecognisedFile> {
  try {
    if (!isZip(new Uint8Array(await blob.slice(0, 4).arrayBuffer()))) return "other";
    const entries = await readZip(blob, path);
    if (isProjectManifest((await manifestIn(entries))?.json)) return "project";
    const isModel = entries.some((entry) => entry.path === "model.json");
    return !isModel && (await teachableMachineSamples(entries)) ? "photos" : "other";
  } catch {
    // Whoever reads it as what it claims to be says what is wrong with it.
    return "other";
  }
}

interface Rooms {
  readonly database: Database;
  readonly decoders: Decoders;
  readonly baseModels: BaseModels;
}

/** Puts a project, as the page has it, and the classifier in use into one zip. */
export async function saveProjectFile(
  { database, baseModels }: Pick<Rooms, "database" | "baseModels">,
  project: ProjectState,
  classifier: ProjectClassifier<ClassifierSummary> | null,
  onEvent: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<SavedFile> {
  const baseModel = project.baseModelId === null ? null : await baseModels.toTakeAlong(project.baseModelId);
  const contents = { project, classifier, baseModel, savedAt: new Date().toISOString() };
  const reader = createReader(database, project.dataset.samples.length, onEvent);
  const blob = await save(projectFiles(contents, reader.read, hash), signal);
  return { fileName: `${fileNameOf(project.name)}${EXPORTS.project.ending}`, blob, leftOut: reader.leftOut };
}

/** Puts the labelled photos into one zip of folders. */
export async function savePhotoSet(
  database: Database,
  { name, dataset, groups, settings }: ProjectState,
  onEvent: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<SavedFile> {
  const reader = createReader(database, dataset.samples.length, onEvent);
  const blob = await save(photoSetFiles(dataset, groups, settings, reader.read), signal);
  return { fileName: `${fileNameOf(name)}${EXPORTS.photos.ending}`, blob, leftOut: reader.leftOut };
}

/**
 * Makes a new project of a project file. It is there as a whole or, when this is aborted or fails, not at all; photos and
 * models that are damaged are left out of it and named.
 */
export async function openProjectFile(
  { database, decoders, baseModels }: Rooms,
  { path, blob }: IncomingFile,
  onEvent: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<OpenedProjectFile> {
  const file = await readProjectFile(await readZip(blob, path), path, hash);
  if (!file) throw new FormatError({ code: "project-file/not-a-project", file: path });
  const skipped: SkippedFile[] = [];
  const samples = await keepPhotos(decoders, file, skipped, onEvent, signal);
  const models = await readModels(file, skipped);
  signal.throwIfAborted();
  const { project } = file.manifest;
  const baseModelId = models.baseModel ? await baseModels.adopt(models.baseModel) : project.baseModelId;
  const { dataset } = addSamples({ ...EMPTY_DATASET, classes: project.dataset.classes }, samples);
  const known = new Set(dataset.samples.map(({ photo }) => photo));
  const groups = project.groups.map((group) => group.filter((photo) => known.has(photo)));
  const state: ProjectState = {
    ...project,
    dataset,
    groups: groups.filter(({ length }) => length > 1),
    baseModelId,
    lastRun: models.classifier ? project.lastRun : null,
  };
  return { project: await createProject(database, state, models.classifier), skipped };
}

/** Keeps the photos' bytes and thumbnails; gives those that are in order, in the file's order. */
async function keepPhotos(
  decoders: Decoders,
  file: ProjectFile,
  skipped: SkippedFile[],
  onEvent: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<Sample[]> {
  const photos = file.manifest.project.dataset.samples;
  const kept: (Sample | undefined)[] = [];
  const tell = createTeller(photos.length, onEvent);
  const keep = async (photo: ManifestPhoto): Promise<Sample | WorkerFault> => {
    try {
      const bytes = await file.photo(photo);
      const result = await decoders.run(async (decoder, job) => decoder.keep(bytes, job));
      const found = result.ok
        ? result.value.photo
        : await hash(await bytes.arrayBuffer().then((all) => new Uint8Array(all)));
      if (found !== photo.photo) return { code: "photo/changed" };
      if (!result.ok) return result.fault;
      const { path: _path, size: _size, ...sample } = photo;
      const { width, height, looks } = result.value;
      return { ...sample, width, height, looks: looks ?? sample.looks };
    } catch (error) {
      if (error instanceof FormatError) return error.fault;
      throw error;
    }
  };
  await forEachAtOnce(
    photos.entries(),
    AT_ONCE * decoders.count,
    async ([at, photo]) => {
      const result = await keep(photo);
      if ("code" in result) skipped.push({ path: photo.path, fault: result });
      else kept[at] = result;
      tell();
    },
    signal,
  );
  return kept.filter((sample) => sample !== undefined);
}

/** The models that are in order; the others are named. */
async function readModels(file: ProjectFile, skipped: SkippedFile[]) {
  const { manifest } = file;
  const orNull = async <T>(path: string, read: () => Promise<T | null>): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      // Whatever is wrong with a model, the photos come in.
      skipped.push({ path, fault: faultIn(error) });
      return null;
    }
  };
  const baseModel = await orNull("base-model", file.baseModel);
  const classifier = await orNull("classifier", file.classifier);
  const summary = manifest.classifier?.summary;
  return { baseModel, classifier: classifier && summary ? { classifier, summary } : null };
}

async function save(files: AsyncIterable<ZipFile>, signal: AbortSignal): Promise<Blob> {
  signal.throwIfAborted();
  return writeDownload(streamZip(files), signal);
}

/** Reads photos one after another; one that is gone from the storage is left out and named. */
function createReader(database: Database, total: number, onEvent: (progress: FileProgress) => void) {
  const leftOut: SkippedFile[] = [];
  const tell = createTeller(total, onEvent);
  const read = async ({ photo, fileName }: Sample): Promise<Uint8Array | null> => {
    try {
      return new Uint8Array(await (await getPhoto(database, photo)).arrayBuffer());
    } catch (error) {
      leftOut.push({ path: fileName, fault: faultIn(error) });
      return null;
    } finally {
      tell();
    }
  };
  return { read, leftOut };
}

/** Counts photos and tells the page, not too often. */
function createTeller(total: number, onEvent: (progress: FileProgress) => void): () => void {
  let done = 0;
  let toldAt = performance.now();
  onEvent({ done, total });
  return () => {
    done += 1;
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    onEvent({ done, total });
  };
}
