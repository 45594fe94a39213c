/** Base models with public official addresses. The page offers them; nothing is fetched before its user agrees. */
import type { Architecture } from "../network/architectures/architecture.ts";
import { ARCHITECTURES } from "../network/architectures/index.ts";
import type { BaseModelNote } from "./protocol/index.ts";

export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  readonly architecture: PublishedArchitecture;
  /** A layers-model's `model.json` or a Keras file, or the version and width that `@tensorflow-models/mobilenet` fetches from its own host. */
  readonly from:
    | { readonly kind: "url"; readonly url: string }
    | { readonly kind: "mobilenet-package"; readonly version: 1 | 2; readonly alpha: 0.25 | 0.5 | 0.75 | 1 };
  readonly host: string;
  /** Download size, as far as it is known beforehand. */
  readonly bytes: number;
  readonly recommended: boolean;
  readonly note: BaseModelNote;
}

/** One whose weights the Keras project publishes. */
type PublishedArchitecture = Architecture & { readonly weightsUrl: string };

/** Of Keras Applications' own files; the smaller ones come in smaller files from elsewhere. */
const FROM_KERAS = {
  "mobilenet-v2-1.3": "wider",
  "mobilenet-v2-1.4": "widest",
  vgg16: "textbook",
  resnet50: "heavy",
  "inception-v3": "heavy-larger-photos",
} as const satisfies Readonly<Record<string, BaseModelNote>>;

const GOOGLE_STORAGE = "storage.googleapis.com";
const TF_HUB = "tfhub.dev";

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    id: "mobilenet-v2-0.35",
    name: "MobileNetV2 0.35",
    architecture: architectureOf("mobilenet-v2-0.35"),
    from: {
      kind: "url",
      url: `https://${GOOGLE_STORAGE}/teachable-machine-models/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top/model.json`,
    },
    host: GOOGLE_STORAGE,
    bytes: 1_730_000,
    recommended: true,
    note: "best-value",
  },
  ...([0.25, 0.5, 0.75, 1] as const).map(
    (alpha): CatalogueEntry => ({
      id: `mobilenet-v1-${alpha}`,
      name: `MobileNetV1 ${alpha.toFixed(2)}`,
      architecture: architectureOf(`mobilenet-v1-${alpha}`),
      from: {
        kind: "url",
        url: `https://${GOOGLE_STORAGE}/tfjs-models/tfjs/mobilenet_v1_${alpha === 1 ? "1.0" : alpha.toFixed(2)}_224/model.json`,
      },
      host: GOOGLE_STORAGE,
      bytes: { 0.25: 1_900_000, 0.5: 5_350_000, 0.75: 10_350_000, 1: 17_000_000 }[alpha],
      recommended: false,
      note: "older-family",
    }),
  ),
  ...([0.5, 0.75, 1] as const).map(
    (alpha): CatalogueEntry => ({
      id: `mobilenet-v2-${alpha}-hub`,
      name: `MobileNetV2 ${alpha.toFixed(2)}`,
      architecture: architectureOf(`mobilenet-v2-${alpha}`),
      from: { kind: "mobilenet-package", version: 2, alpha },
      host: TF_HUB,
      bytes: { 0.5: 7_900_000, 0.75: 10_600_000, 1: 14_100_000 }[alpha],
      recommended: false,
      note: alpha === 1 ? "more-accurate" : "in-between",
    }),
  ),
  ...Object.entries(FROM_KERAS).map(([id, note]): CatalogueEntry => {
    const architecture = architectureOf(id);
    return {
      id: `${id}-keras`,
      name: architecture.name,
      architecture,
      from: { kind: "url", url: architecture.weightsUrl },
      host: GOOGLE_STORAGE,
      bytes: 4 * architecture.cost.parameters,
      recommended: false,
      note,
    };
  }),
];

function architectureOf(id: string): PublishedArchitecture {
  const found = ARCHITECTURES.find((each): each is PublishedArchitecture => each.id === id && each.weightsUrl !== null);
  if (!found) throw new RangeError(`There is no architecture “${id}” with published weights.`);
  return found;
}
