import { FROM_FILE } from "../base-model-entries.ts";
import type { UseDoor } from "../protocol/use.ts";
import { readModel } from "../reading-models.ts";
import type { Rooms } from "../rooms.ts";

export function createUseDoor({ baseModels, classifiers }: Rooms): UseDoor {
  return {
    classifyFiles: (files, onEvent, signal) => classifiers.classifyFiles(files, onEvent, signal),
    warmUpClassifier: () => classifiers.warmUp(),
    classifyFrame: (frame, mirrored) => classifiers.classifyFrame(frame, mirrored),
    exportClassifier: (request) => classifiers.export(request),
    saveClassifier: (name, classNames) => classifiers.save(name, classNames),
    listClassifiers: () => classifiers.list(),
    openClassifier: (id) => classifiers.open(id),
    deleteClassifier: (id) => classifiers.delete(id),
    restoreClassifier: (id) => classifiers.restore(id),
    async openFiles(files, onProgress, signal) {
      const task = { files: { given: files }, keepClassifier: true, name: null, source: FROM_FILE };
      const model = await readModel(task, { onProgress, signal });
      return model.kind === "classifier"
        ? { kind: "classifier", summary: await classifiers.openFile(model) }
        : { kind: "base-model", entry: await baseModels.keep(model.base) };
    },
  };
}
