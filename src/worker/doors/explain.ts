import { decodeFrame } from "../../engine/decode.ts";
import { CodedError } from "../../errors/coded-error.ts";
import { NetworkError } from "../../network/errors.ts";
import { inputRegion } from "../../network/input-region.ts";
import type { Classifier } from "../../network/model.ts";
import { getPhoto } from "../../storage/photos.ts";
import { WorkerError } from "../errors.ts";
import type { ExplainDoor, Explanation } from "../protocol/explain.ts";
import type { Rooms } from "../rooms.ts";

export function createExplainDoor({ database, device, decoders, inUse }: Rooms): ExplainDoor {
  const explain = async (
    classifier: Classifier,
    pixels: Uint8ClampedArray,
    size: Explanation["size"],
  ): Promise<Explanation> => {
    const heat = await device
      .withExplainer(classifier, (explainer) => explainer.explain(pixels, null))
      .catch((error: unknown) => {
        const isFlat = error instanceof NetworkError && error.fault.code === "network/no-feature-map";
        throw isFlat ? new WorkerError({ code: "explain/no-map" }) : error;
      });
    const isUnknown =
      classifier.rejection !== undefined &&
      (await device.withClassifier(classifier, (live) => live.classify([pixels]))).some((answer) => answer.isUnknown);
    return { ...heat, isUnknown, size, region: inputRegion(size, classifier.preprocessing) };
  };
  return {
    async explainPhoto(photo) {
      const { classifier } = await inUse.required();
      const blob = typeof photo === "string" ? await getPhoto(await database(), photo) : photo;
      const read = await decoders.run(async (decoder, job) => decoder.readFile(blob, classifier.preprocessing, job));
      if (!read.ok) throw new CodedError(read.fault);
      return explain(classifier, read.value.pixels, read.value.size);
    },
    async explainFrame(frame, mirrored) {
      try {
        const { classifier } = await inUse.required();
        const pixels = decodeFrame(frame, classifier.preprocessing, mirrored);
        return await explain(classifier, pixels, { width: frame.width, height: frame.height });
      } finally {
        frame.close();
      }
    },
  };
}
