import type { Architecture } from "./architecture.ts";
import { efficientNetLite } from "./efficientnet-lite.ts";
import { INCEPTION_V3 } from "./inception-v3.ts";
import { mobileNetV1 } from "./mobilenet-v1.ts";
import { mobileNetV2 } from "./mobilenet-v2.ts";
import { RESNET50 } from "./resnet50.ts";
import { VGG16 } from "./vgg16.ts";

export const ARCHITECTURES: readonly Architecture[] = [
  ...([0.25, 0.5, 0.75, 1] as const).map(mobileNetV1),
  ...([0.35, 0.5, 0.75, 1, 1.3, 1.4] as const).map(mobileNetV2),
  ...([0, 1, 2, 3, 4] as const).map(efficientNetLite),
  VGG16,
  RESNET50,
  INCEPTION_V3,
];
