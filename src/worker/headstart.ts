/** Everything the page can ask for, put together from the rooms behind the door. */

import { UNTOUCHED } from "../dataset/dataset.ts";
import { CodedError } from "../errors/coded-error.ts";
import { readModelFiles } from "../formats/models/model-files.ts";
import { collectGarbage } from "../storage/collect.ts";
import { databaseOpener } from "../storage/database.ts";
import { removeOldDownloads } from "../storage/downloads.ts";
import { getPhoto, getThumbnail, getThumbnails } from "../storage/photos.ts";
import { changeSummary, copyProject, createProject, listProjects, purgeProject } from "../storage/projects.ts";
import { runAudit } from "./audit-run.ts";
import { BaseModels } from "./base-models.ts";
import { Classifiers, summarise } from "./classifiers.ts";
import { Comparer } from "./comparison.ts";
import { Decoders } from "./decoders.ts";
import { Device } from "./device.ts";
import { importFiles } from "./importing.ts";
import { modelFiles } from "./model-blobs.ts";
import { OpenProject } from "./open-project.ts";
import { openProjectFile, recogniseFile, savePhotoSet, saveProjectFile } from "./project-files.ts";
import type { Headstart } from "./protocol/index.ts";
import { drawSamplePhotos } from "./sample-photos.ts";
import { runTraining } from "./training-run.ts";

export function createHeadstart(): Headstart {
  const database = databaseOpener();
  const device = new Device();
  const decoders = new Decoders();
  const comparer = new Comparer();
  const baseModels = new BaseModels(database);
  const openProject = new OpenProject(database);
  const classifiers = new Classifiers(database, device, decoders, (inUse) => openProject.keepClassifier(inUse));
  let stopRequested = false;
  // They only take room; the next start tries again.
  removeOldDownloads(Date.now()).catch(() => undefined);

  return {
    engineStatus: () => device.status(),
    chooseBackend: (backend) => device.choose(backend),

    listProjects: async () => listProjects(await database()),
    createProject: async (project) => createProject(await database(), project),
    async openProject(id) {
      const { project, classifier } = await openProject.open(id);
      classifiers.restore(classifier);
      return { project, classifier: classifier?.summary ?? null };
    },
    async resumeProject(id) {
      const { classifier } = await openProject.open(id);
      classifiers.restore(classifier);
    },
    saveProject: (id, change) => openProject.save(id, change),
    copyProject: async (id, name) => copyProject(await database(), id, name),
    changeProject: async (id, change) => changeSummary(await database(), id, change),
    purgeProject: async (id) => purgeProject(await database(), id),
    collectGarbage: async () => collectGarbage(await database()),

    async importFiles(files, onEvent, signal) {
      return importFiles(decoders, files, onEvent, signal);
    },
    async drawSamples(onEvent, signal) {
      const files = await drawSamplePhotos(signal);
      return importFiles(decoders, files, onEvent, signal);
    },
    async importFrame(frame, fileName, burst) {
      const blob = await encode(frame);
      const kept = await decoders.run(async (decoder, job) => decoder.keep(blob, job));
      if (!kept.ok) throw new CodedError(kept.fault);
      return { sample: { ...UNTOUCHED, ...kept.value, fileName, fixedSplit: null, burst }, className: null };
    },
    thumbnail: async (photo) => getThumbnail(await database(), photo),
    thumbnails: async (photos) => getThumbnails(await database(), photos),
    photo: async (photo) => getPhoto(await database(), photo),

    listBaseModels: () => baseModels.list(),
    addBaseModel: async (files) => baseModels.add(await modelFiles(files)),
    fetchBaseModel: (source, onEvent, signal) => baseModels.fetch(source, onEvent, signal),
    deleteBaseModel: (id) => baseModels.delete(id),

    async warmUp(base) {
      if (base === null) return classifiers.warmUp();
      const { inputSize, pooling } = base.settings;
      await device.warmUpEmbedder(await baseModels.load(base.id, inputSize), pooling);
    },

    async train(request, onEvent, signal) {
      stopRequested = false;
      const base = await baseModels.load(request.baseModelId, request.settings.inputSize);
      return device.withEmbedder(base, request.settings.pooling, async (embedder) => {
        const run = await runTraining(await database(), decoders, comparer, base, embedder, request, {
          onEvent,
          shouldStop: () => stopRequested,
          signal,
        });
        signal.throwIfAborted();
        const summary = summarise(run.classifier, {
          baseModelName: base.card.name,
          trainedAt: new Date().toISOString(),
        });
        await classifiers.use(run.classifier, summary);
        return { outcome: run.outcome, report: run.report, counts: run.counts, classifier: summary };
      });
    },
    async stopTraining() {
      stopRequested = true;
    },

    async audit(request, onEvent, signal) {
      const { inputSize, pooling } = request.settings;
      const base = await baseModels.load(request.baseModelId, inputSize);
      return device.withEmbedder(base, pooling, async (embedder) =>
        runAudit(await database(), decoders, comparer, base, embedder, request, { onEvent, signal }),
      );
    },

    classifyFiles: (files, onEvent, signal) => classifiers.classifyFiles(files, onEvent, signal),
    classifyFrame: (frame, mirrored) => classifiers.classifyFrame(frame, mirrored),

    exportClassifier: (format) => classifiers.export(format),
    saveClassifier: (name) => classifiers.save(name),
    listClassifiers: () => classifiers.list(),
    openClassifier: (id) => classifiers.open(id),
    deleteClassifier: (id) => classifiers.delete(id),
    async openFiles(files) {
      const model = readModelFiles(await modelFiles(files));
      return model.kind === "classifier"
        ? { kind: "classifier", summary: await classifiers.openFile(model) }
        : { kind: "base-model", entry: await baseModels.keep(model, model.name, "your file") };
    },

    recogniseFile,
    async saveProjectFile(project, onEvent, signal) {
      const rooms = { database: await database(), baseModels };
      return saveProjectFile(rooms, project, classifiers.inUse(), onEvent, signal);
    },
    savePhotoSet: async (project, onEvent, signal) => savePhotoSet(await database(), project, onEvent, signal),
    async openProjectFile(file, onEvent, signal) {
      return openProjectFile({ database: await database(), decoders, baseModels }, file, onEvent, signal);
    },
  };
}

/** A camera frame as a JPEG; the frame is closed. */
async function encode(frame: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(frame.width, frame.height);
  canvas.getContext("2d")?.drawImage(frame, 0, 0);
  frame.close();
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
}
