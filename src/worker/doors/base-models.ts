import type { BaseModelsDoor } from "../protocol/base-models.ts";
import type { Rooms } from "../rooms.ts";

export function createBaseModelsDoor({ device, baseModels, tables, held, quick }: Rooms): BaseModelsDoor {
  return {
    listBaseModels: () => baseModels.list(),
    addBaseModel: (files, onProgress, signal) => baseModels.add(files, { onProgress, signal }),
    fetchBaseModel: (source, onEvent, signal) => baseModels.fetch(source, onEvent, signal),
    refeedBaseModel: (id, feeding) => baseModels.refeed(id, feeding),
    async deleteBaseModel(id) {
      tables.release();
      held.clear();
      quick.forget();
      await baseModels.delete(id);
    },
    restoreBaseModel: (id) => baseModels.restore(id),
    async warmUpBaseModel({ id, settings: { inputSize, pooling } }) {
      await device.warmUpEmbedder(await baseModels.load(id, inputSize), pooling);
    },
  };
}
