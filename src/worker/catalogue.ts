/** Base models with public official addresses. The page offers them; nothing is fetched before its user agrees. */

export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  /** A layers-model's `model.json`, or the version and width that `@tensorflow-models/mobilenet` fetches from its own host. */
  readonly from:
    | { readonly kind: "url"; readonly url: string }
    | { readonly kind: "mobilenet-package"; readonly version: 1 | 2; readonly alpha: 0.25 | 0.5 | 0.75 | 1 };
  readonly host: string;
  /** Download size, as far as it is known beforehand. */
  readonly bytes: number;
  readonly recommended: boolean;
  readonly note: string;
}

const GOOGLE_STORAGE = "storage.googleapis.com";
const TF_HUB = "tfhub.dev";

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    id: "mobilenet-v2-0.35",
    name: "MobileNetV2 0.35",
    from: {
      kind: "url",
      url: `https://${GOOGLE_STORAGE}/teachable-machine-models/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top/model.json`,
    },
    host: GOOGLE_STORAGE,
    bytes: 1_730_000,
    recommended: true,
    note: "The best value: small, fast and good. Teachable Machine's base.",
  },
  ...([0.25, 0.5, 0.75, 1] as const).map(
    (alpha): CatalogueEntry => ({
      id: `mobilenet-v1-${alpha}`,
      name: `MobileNetV1 ${alpha.toFixed(2)}`,
      from: {
        kind: "url",
        url: `https://${GOOGLE_STORAGE}/tfjs-models/tfjs/mobilenet_v1_${alpha === 1 ? "1.0" : alpha.toFixed(2)}_224/model.json`,
      },
      host: GOOGLE_STORAGE,
      bytes: { 0.25: 1_900_000, 0.5: 5_350_000, 0.75: 10_350_000, 1: 17_000_000 }[alpha],
      recommended: false,
      note: "An older family, kept for comparison.",
    }),
  ),
  ...([0.5, 0.75, 1] as const).map(
    (alpha): CatalogueEntry => ({
      id: `mobilenet-v2-${alpha}-hub`,
      name: `MobileNetV2 ${alpha.toFixed(2)}`,
      from: { kind: "mobilenet-package", version: 2, alpha },
      host: TF_HUB,
      bytes: { 0.5: 7_900_000, 0.75: 10_600_000, 1: 14_100_000 }[alpha],
      recommended: false,
      note: alpha === 1 ? "The most accurate of this list." : "Between 0.35 and 1.00 in size and accuracy.",
    }),
  ),
];
