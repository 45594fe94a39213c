import { UNTOUCHED } from "../../dataset/dataset.ts";
import { CodedError } from "../../errors/coded-error.ts";
import { runAudit } from "../audit-run.ts";
import { withEmbeddingTools } from "../embedding-work.ts";
import type { PixelTaker } from "../held-pixels.ts";
import { importFiles, keepIn } from "../importing.ts";
import { prepareAhead } from "../preparing-ahead.ts";
import type { ChosenInput, FrameFacts, PhotosDoor } from "../protocol/photos.ts";
import { questionsOn } from "../questions.ts";
import type { Rooms } from "../rooms.ts";
import { drawSamplePhotos } from "../sample-photos.ts";

export function createPhotosDoor(rooms: Rooms): Omit<PhotosDoor, "thumbnails" | "photo"> {
  const { decoders, baseModels, held, drops } = rooms;
  /** Photos come in all the same where their base model is gone. */
  const takerFor = async (input: ChosenInput | undefined): Promise<PixelTaker | null> => {
    if (!input) return null;
    const chosen = await baseModels.inputOf(input.baseModelId, input.inputSize).catch(() => null);
    return chosen && held.for(chosen);
  };
  return {
    async importFiles(files, onEvent, signal, { choice, input } = {}) {
      const unpacker = drops.unpacker(files, choice?.drop, signal, (unpacking) =>
        onEvent({ photos: [], done: 0, total: 0, unpacking }),
      );
      return importFiles(decoders, files, onEvent, signal, { choice, unpacker, taker: await takerFor(input) });
    },
    questionsOn: (files, choice, onEvent, signal) =>
      questionsOn(files, choice, drops.unpacker(files, choice.drop, signal, onEvent)),
    async forgetDrop(drop) {
      drops.forget(drop);
    },
    async drawSamples(classNames, onEvent, signal, input) {
      const files = await drawSamplePhotos(classNames, signal);
      return importFiles(decoders, files, onEvent, signal, { taker: await takerFor(input) });
    },
    async importFrame(frame, facts, input) {
      const { fileName, burst } = facts;
      const blob = await encode(frame, facts);
      const kept = await keepIn(decoders, blob, await takerFor(input));
      if (!kept.ok) throw new CodedError(kept.fault);
      return { sample: { ...UNTOUCHED, ...kept.value.kept, fileName, fixedSplit: null, burst }, className: null };
    },
    prepareAhead: (request, onEvent, signal) =>
      withEmbeddingTools(rooms, request, (tools) => prepareAhead({ ...tools, request, onEvent, signal })),
    audit: (request, onEvent, signal) =>
      withEmbeddingTools(rooms, request, (tools) => runAudit({ ...tools, request, onEvent, signal })),
  };
}

/** A frame as a JPEG; the frame is closed. */
async function encode(
  frame: ImageBitmap | VideoFrame,
  { mirrored, longestSide = Number.POSITIVE_INFINITY }: FrameFacts,
): Promise<Blob> {
  const [width, height] =
    frame instanceof ImageBitmap ? [frame.width, frame.height] : [frame.displayWidth, frame.displayHeight];
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext("2d");
  if (mirrored) context?.setTransform(-1, 0, 0, 1, canvas.width, 0);
  context?.drawImage(frame, 0, 0, canvas.width, canvas.height);
  frame.close();
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
}
