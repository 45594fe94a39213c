import * as tf from "@tensorflow/tfjs";
import { loadPart } from "../errors/part.ts";
import { EngineError } from "./errors.ts";

export interface MobileNetRequest {
  readonly version: 1 | 2;
  readonly alpha: 0.25 | 0.5 | 0.75 | 1;
  /** Address of a `model.json` to load instead of the package's own. */
  readonly modelUrl?: string;
}

/**
 * Loads MobileNet through `@tensorflow-models/mobilenet` and gives the graph-model that it fetched.
 * @throws EngineError naming the host when it cannot be loaded; PartError when the package cannot
 */
export async function loadMobileNet({
  version,
  alpha,
  modelUrl,
}: MobileNetRequest): Promise<{ modelJson: unknown; weights: Uint8Array }> {
  const mobilenet = await loadPart("mobilenet", () => import("@tensorflow-models/mobilenet"));
  // The package's type leaves out the model that every instance holds.
  let loaded: { readonly model: tf.GraphModel };
  try {
    const address = modelUrl === undefined ? {} : { modelUrl, inputRange: [0, 1] as [number, number] };
    loaded = (await mobilenet.load({ version, alpha, ...address })) as unknown as typeof loaded;
  } catch (error) {
    const host = modelUrl === undefined ? "tfhub.dev" : new URL(modelUrl).host;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError({ code: "engine/mobilenet-not-loaded", host, reason });
  }
  const { model } = loaded;
  try {
    return await artifactsOf(model);
  } finally {
    model.dispose();
  }
}

async function artifactsOf(model: tf.GraphModel): Promise<{ modelJson: unknown; weights: Uint8Array }> {
  let taken: { modelJson: unknown; weights: Uint8Array } | null = null;
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData ?? []));
      const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs ?? [] }];
      taken = { modelJson: { format: "graph-model", modelTopology, weightsManifest }, weights };
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
    }),
  );
  if (!taken) throw new EngineError({ code: "engine/mobilenet-unreadable" });
  return taken;
}
