/** Projects and photo sets into files. */
import type { Sample } from "../dataset/dataset.ts";
import { readZip } from "../formats/archives/zip.ts";
import { manifestIn } from "../formats/archives/zip-manifest.ts";
import { streamZip, type ZipFile } from "../formats/archives/zip-stream.ts";
import { type PhotoSetLayout, photoSetFiles } from "../formats/datasets/photo-set.ts";
import { teachableMachineSamples } from "../formats/datasets/teachable-machine-project.ts";
import { type HashBytes, projectFiles } from "../formats/project/file.ts";
import { isProjectManifest } from "../formats/project/manifest.ts";
import { EXPORTS } from "../network/exports.ts";
import type { ProjectId, ProjectState } from "../project/project.ts";
import type { WholeRun } from "../project/run-photos.ts";
import type { Database } from "../storage/database.ts";
import { writeDownload } from "../storage/downloads.ts";
import { getPhoto, hashBytes } from "../storage/photos.ts";
import { getWholeRun, listRuns } from "../storage/runs.ts";
import { faultIn } from "./errors.ts";
import { fileNameOf } from "./file-name.ts";
import { createTeller } from "./file-progress.ts";
import { isZip } from "./model-blobs.ts";
import type { FileProgress, IncomingFile, RecognisedFile, SavedFile, SkippedFile } from "./protocol/index.ts";
import type { Rooms } from "./rooms.ts";

const hash: HashBytes = (bytes) => hashBytes(bytes);

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

type SavingRooms = Pick<Rooms, "database" | "baseModels" | "project" | "inUse">;

/** Puts a project, as the page has it, with its runs and the classifier in use into one zip. */
export async function saveProjectFile(
  rooms: SavingRooms,
  project: ProjectState,
  onEvent: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<SavedFile> {
  const { baseModels, inUse } = rooms;
  const database = await rooms.database();
  const baseModel = project.baseModelId === null ? null : await baseModels.toTakeAlong(project.baseModelId);
  const classifier = (await inUse.summary()) ? await inUse.required() : null;
  const runs = keptRuns(database, rooms.project.id);
  const contents = { project, runs, classifier, baseModel, savedAt: new Date().toISOString() };
  const reader = createReader(database, project.dataset.samples.length, onEvent);
  const blob = await save(projectFiles(contents, reader.read, hash), signal);
  return { fileName: `${fileNameOf(project.name)}${EXPORTS.project.ending}`, blob, leftOut: reader.leftOut };
}

/** One at a time: fifty classifiers are not held together. */
async function* keptRuns(database: Database, project: ProjectId): AsyncGenerator<WholeRun> {
  for (const run of await listRuns(database, project)) {
    if (run.deletedAt === null) yield getWholeRun(database, project, run);
  }
}

/** A photo set that is to be written. */
interface PhotoSetRequest {
  readonly project: ProjectState;
  readonly layout: PhotoSetLayout;
}

/** Puts the labelled photos into one zip, laid out as was chosen. */
export async function savePhotoSet(
  database: Database,
  { project: { name, dataset, groups, settings }, layout }: PhotoSetRequest,
  onEvent: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<SavedFile> {
  const reader = createReader(database, dataset.samples.length, onEvent);
  const blob = await save(photoSetFiles(dataset, groups, { layout, shares: settings }, reader.read), signal);
  return { fileName: `${fileNameOf(name)}${EXPORTS.photos.ending}`, blob, leftOut: reader.leftOut };
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
