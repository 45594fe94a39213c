/** The first layers of a Keras model, as far as they prepare photos: what they tell of how the model is to be fed. */
import * as v from "valibot";
import type { NetworkNode } from "../../network/network.ts";

/** How pixels are fed: as they are, divided by 255, or in a way that the model does not tell. */
export type PhotoRange = "0 to 255" | "0 to 1" | "unknown";

const side = v.pipe(v.number(), v.integer(), v.minValue(1));
const Target = v.object({
  height: side,
  width: side,
  crop_to_aspect_ratio: v.optional(v.boolean(), false),
  pad_to_aspect_ratio: v.optional(v.literal(false), false),
});

/** The size that a layer makes photos. */
export interface PhotoTarget {
  readonly size: readonly [height: number, width: number];
  /** Whether the whole photo is stretched to it, whatever its aspect ratio. */
  readonly squashes: boolean;
}

/** The size that a Resizing or CenterCrop layer makes photos; null for another layer. */
export function targetOf({ class_name, config }: { class_name: string; config: unknown }): PhotoTarget | null {
  if (class_name !== "Resizing" && class_name !== "CenterCrop") return null;
  const target = v.safeParse(Target, config);
  if (!target.success) return null;
  const { height, width, crop_to_aspect_ratio } = target.output;
  return { size: [height, width], squashes: class_name === "Resizing" && !crop_to_aspect_ratio };
}

const Layers = v.object({ layers: v.array(v.object({ class_name: v.string(), config: v.optional(v.unknown()) })) });

/** The size that the first layer that has one makes photos, for a model that takes any; null when there is none. */
export function leadingTarget(model: { class_name: string; config: unknown }): PhotoTarget | null {
  const own = targetOf(model);
  if (own) return own;
  const inner = v.safeParse(Layers, model.config);
  if (!inner.success) return null;
  for (const { class_name, config } of inner.output.layers) {
    const target = leadingTarget({ class_name, config });
    if (target) return target;
  }
  return null;
}

const PREPARING = new Set<NetworkNode["op"]>(["FusedBatchNormV3", "Pad", "Crop"]);
/** These scale by what training found, and not as photos are prepared. */
const LEARNED = /^(Batch|SyncBatch|Layer)Norm|^LayerScale$/;

export class PhotoFront {
  /** Results that are the photo, each channel scaled, and perhaps with other edges. */
  readonly #photos = new Set<string>();
  #others = 0;
  #range: PhotoRange = "unknown";

  get range(): PhotoRange {
    return this.#range;
  }

  /** Whether nothing but scaling was done to the photo yet. */
  get isWhole(): boolean {
    return this.#others === 0;
  }

  begin(input: string): void {
    this.#photos.add(input);
  }

  holds(name: string): boolean {
    return this.#photos.has(name);
  }

  /** Takes note of a layer's nodes, in order. */
  add(className: string, from: string, nodes: readonly NetworkNode[]): void {
    const prepares = this.#photos.has(from) && !LEARNED.test(className) && nodes.every(isPreparing);
    for (const node of nodes) {
      if (prepares) this.#photos.add(node.name);
      if (!prepares || node.op !== "FusedBatchNormV3") this.#others += 1;
      if (prepares && node.op === "FusedBatchNormV3" && this.#range === "unknown")
        this.#range = rangeBefore(className, node);
    }
  }
}

function isPreparing(node: NetworkNode): boolean {
  const isReversal = node.op === "Conv2D" && node.weights.kernel.data.every((value) => value === 0 || value === 1);
  return PREPARING.has(node.op) || isReversal;
}

/** What comes before a first scaling. A normalisation was fitted to photos, and its means tell how those were fed. */
function rangeBefore(className: string, { weights }: Extract<NetworkNode, { op: "FusedBatchNormV3" }>): PhotoRange {
  if (className !== "Normalization") return "0 to 255";
  const scale = weights.gamma?.data ?? new Float32Array();
  const means = Array.from(scale, (factor, at) => -(weights.beta?.data[at] ?? 0) / factor);
  if (means.some((mean) => mean > 1)) return "0 to 255";
  return means.every((mean) => mean > 0) ? "0 to 1" : "unknown";
}
