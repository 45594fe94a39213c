/** Project files into projects. */
import { EMPTY_DATASET, type Sample } from "../dataset/dataset.ts";
import { addSamples } from "../dataset/edit.ts";
import { readZip } from "../formats/archives/zip.ts";
import { FormatError } from "../formats/errors.ts";
import { type HashBytes, type ProjectFile, readProjectFile } from "../formats/project/file.ts";
import type { ManifestPhoto } from "../formats/project/manifest.ts";
import type { Classifier } from "../network/model.ts";
import { type RunWithDetails, runOf } from "../project/migrate.ts";
import type { Run } from "../project/run.ts";
import type { WholeRun } from "../project/run-photos.ts";
import { hashBytes } from "../storage/photos.ts";
import type { InUse, OwnClassifier } from "../storage/project-records.ts";
import { createProject } from "../storage/projects.ts";
import type { Decoders } from "./decoders.ts";
import { faultIn } from "./errors.ts";
import { createTeller } from "./file-progress.ts";
import { forEachAtOnce } from "./pool.ts";
import type { WorkerFault } from "./protocol/faults.ts";
import type { FileProgress, IncomingFile, OpenedProjectFile, SkippedFile } from "./protocol/index.ts";
import type { Rooms } from "./rooms.ts";

/** Photos under way in each decoder. */
const AT_ONCE = 3;

const hash: HashBytes = (bytes) => hashBytes(bytes);

/**
 * Makes a new project of a project file. It is there as a whole or, when this is aborted or fails, not at all; photos, runs
 * and models that are damaged are left out of it and named.
 */
export async function openProjectFile(
  { database, decoders, baseModels }: Pick<Rooms, "database" | "decoders" | "baseModels">,
  { path, blob }: IncomingFile,
  onEvent: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<OpenedProjectFile> {
  const file = await readProjectFile(await readZip(blob, path), path, hash);
  if (!file) throw new FormatError({ code: "project-file/not-a-project", file: path });
  const skipped: SkippedFile[] = [];
  const told = new Set<string>();
  const orSkip: OrSkip = async (name, read) => {
    try {
      return await read();
    } catch (error) {
      // Whatever is wrong with a model or a run, the photos come in.
      const fault = faultIn(error);
      // Weights that runs share are named once.
      const key = JSON.stringify(fault);
      if (!told.has(key)) skipped.push({ path: name, fault });
      told.add(key);
      return null;
    }
  };
  const samples = await keepPhotos(decoders, file, skipped, onEvent, signal);
  const baseModel = await orSkip("base-model", file.baseModel);
  const classifier = await classifierIn(file, orSkip);
  signal.throwIfAborted();
  const { project } = file.manifest;
  const baseModelId = baseModel ? await baseModels.adopt(baseModel) : project.baseModelId;
  const { dataset } = addSamples({ ...EMPTY_DATASET, classes: project.dataset.classes }, samples);
  const known = new Set(dataset.samples.map(({ photo }) => photo));
  const groups = project.groups.map((group) => group.filter((photo) => known.has(photo)));
  const state = { ...project, dataset, groups: groups.filter(({ length }) => length > 1), baseModelId };
  const belongings = {
    runs: runsIn(file, classifier, orSkip),
    inUse: (kept: readonly Run[]) => inUseOf(file, classifier, kept),
  };
  return { project: await createProject(await database(), state, belongings), skipped };
}

type OrSkip = <T>(path: string, read: () => Promise<T | null>) => Promise<T | null>;

async function classifierIn({ manifest, classifier }: ProjectFile, orSkip: OrSkip): Promise<OwnClassifier | null> {
  const read = await orSkip("classifier", classifier);
  const summary = manifest.classifier?.summary;
  return read && summary ? { classifier: read, summary: { ...summary, runId: null } } : null;
}

/**
 * A run whose classifier is damaged comes in without it. Versions before 3 had the classifier of the last run only.
 */
async function* runsIn(
  { manifest, run }: ProjectFile,
  inUse: OwnClassifier | null,
  orSkip: OrSkip,
): AsyncGenerator<WholeRun> {
  for (const each of manifest.runs) {
    const read = await orSkip(each.path, () => run(each));
    if (read) yield withClassifier(read, await orSkip(each.path, read.classifier));
  }
  const own = inUse && runOf(manifest.earlierRuns, inUse.summary);
  for (const { run: earlier, details } of manifest.earlierRuns) {
    yield withClassifier({ run: earlier, details }, earlier === own ? (inUse?.classifier ?? null) : null);
  }
}

function withClassifier({ run, details }: RunWithDetails, classifier: Classifier | null): WholeRun {
  return { run: classifier ? run : { ...run, classifier: null }, details, classifier };
}

/** @param kept the runs that came in */
function inUseOf({ manifest }: ProjectFile, classifier: OwnClassifier | null, kept: readonly Run[]): InUse | null {
  if (!classifier) return null;
  const id = manifest.inUse ?? runOf(manifest.earlierRuns, classifier.summary)?.id;
  const run = kept.find((each) => each.id === id && each.classifier);
  return run ? { run: run.id } : classifier;
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
      const result = await decoders.run(async (decoder, job) => decoder.keep(bytes, null, job));
      const found = result.ok
        ? result.value.kept.photo
        : await hash(await bytes.arrayBuffer().then((all) => new Uint8Array(all)));
      if (found !== photo.photo) return { code: "photo/changed" };
      if (!result.ok) return result.fault;
      const { path: _path, size: _size, ...sample } = photo;
      const { width, height, looks } = result.value.kept;
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
