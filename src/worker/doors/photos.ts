import { UNTOUCHED } from "../../dataset/dataset.ts";
import { CodedError } from "../../errors/coded-error.ts";
import { getPhoto, getThumbnails } from "../../storage/photos.ts";
import { runAudit } from "../audit-run.ts";
import { importFiles } from "../importing.ts";
import { prepareAhead } from "../preparing-ahead.ts";
import type { PhotosDoor } from "../protocol/photos.ts";
import type { Rooms } from "../rooms.ts";
import { drawSamplePhotos } from "../sample-photos.ts";

export function createPhotosDoor(rooms: Rooms): PhotosDoor {
  const { database, decoders, device, baseModels } = rooms;
  return {
    importFiles: (files, onEvent, signal) => importFiles(decoders, files, onEvent, signal),
    async drawSamples(classNames, onEvent, signal) {
      return importFiles(decoders, await drawSamplePhotos(classNames, signal), onEvent, signal);
    },
    async importFrame(frame, fileName, burst) {
      const blob = await encode(frame);
      const kept = await decoders.run(async (decoder, job) => decoder.keep(blob, job));
      if (!kept.ok) throw new CodedError(kept.fault);
      return { sample: { ...UNTOUCHED, ...kept.value, fileName, fixedSplit: null, burst }, className: null };
    },
    thumbnails: async (photos) => getThumbnails(await database(), photos),
    photo: async (photo) => getPhoto(await database(), photo),
    async prepareAhead(request, onEvent, signal) {
      const { dataset, baseModelId, settings } = request;
      const base = await baseModels.load(baseModelId, settings.inputSize);
      const { pooling } = settings;
      await device.withEmbedder(base, pooling, async (embedder) =>
        prepareAhead({ ...rooms, database: await database(), base, pooling, embedder, dataset, onEvent, signal }),
      );
    },
    async audit(request, onEvent, signal) {
      const { inputSize, pooling } = request.settings;
      const base = await baseModels.load(request.baseModelId, inputSize);
      return device.withEmbedder(base, pooling, async (embedder) =>
        runAudit({ ...rooms, database: await database(), base, embedder, request, onEvent, signal }),
      );
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
