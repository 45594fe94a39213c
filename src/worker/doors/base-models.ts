import { Classifiers } from "../classifiers.ts";
import { modelFiles } from "../model-blobs.ts";
import type { BaseModelsDoor } from "../protocol/base-models.ts";
import type { Rooms } from "../rooms.ts";

export function createBaseModelsDoor(rooms: Rooms): BaseModelsDoor {
  const { device, baseModels } = rooms;
  const classifiers = new Classifiers(rooms);
  return {
    listBaseModels: () => baseModels.list(),
    addBaseModel: async (files) => baseModels.add(await modelFiles(files)),
    fetchBaseModel: (source, onEvent, signal) => baseModels.fetch(source, onEvent, signal),
    deleteBaseModel: (id) => baseModels.delete(id),
    async warmUp(base) {
      if (base === null) return classifiers.warmUp();
      const { inputSize, pooling } = base.settings;
      await device.warmUpEmbedder(await baseModels.load(base.id, inputSize), pooling);
    },
  };
}
