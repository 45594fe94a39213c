import { readModelFiles } from "../../formats/models/model-files.ts";
import { modelFiles } from "../model-blobs.ts";
import type { UseDoor } from "../protocol/use.ts";
import type { Rooms } from "../rooms.ts";

export function createUseDoor({ baseModels, classifiers }: Rooms): UseDoor {
  return {
    classifyFiles: (files, onEvent, signal) => classifiers.classifyFiles(files, onEvent, signal),
    warmUpClassifier: () => classifiers.warmUp(),
    classifyFrame: (frame, mirrored) => classifiers.classifyFrame(frame, mirrored),
    exportClassifier: (format, classNames) => classifiers.export(format, classNames),
    saveClassifier: (name, classNames) => classifiers.save(name, classNames),
    listClassifiers: () => classifiers.list(),
    openClassifier: (id) => classifiers.open(id),
    deleteClassifier: (id) => classifiers.delete(id),
    restoreClassifier: (id) => classifiers.restore(id),
    async openFiles(files) {
      const model = readModelFiles(await modelFiles(files));
      return model.kind === "classifier"
        ? { kind: "classifier", summary: await classifiers.openFile(model) }
        : { kind: "base-model", entry: await baseModels.keepFromFile(model) };
    },
  };
}
