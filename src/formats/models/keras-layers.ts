/** Keras layer configurations, as `model.json` files hold them, turned into network nodes. One function per layer class. */
import type { NetworkNode } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import { ACTIVATION_LAYERS, activationNodes } from "./keras-activations.ts";
import type { LayerContext } from "./keras-layer-config.ts";
import { OPERATOR_LAYERS } from "./keras-operators.ts";
import { PLAIN_LAYERS } from "./keras-plain-layers.ts";
import { PREPROCESSING_LAYERS } from "./keras-preprocessing-layers.ts";
import { WEIGHTED_LAYERS } from "./keras-weighted-layers.ts";

type Translator = (layer: LayerContext) => NetworkNode[];

/** Layers that do something in training only. */
const TRAINING_ONLY = [
  "ActivityRegularization",
  "AlphaDropout",
  "AugMix",
  "CutMix",
  "GaussianDropout",
  "GaussianNoise",
  "MixUp",
  "RandAugment",
  "RandomBrightness",
  "RandomColorDegeneration",
  "RandomColorJitter",
  "RandomContrast",
  "RandomElasticTransform",
  "RandomErasing",
  "RandomFlip",
  "RandomGaussianBlur",
  "RandomGrayscale",
  "RandomHeight",
  "RandomHue",
  "RandomInvert",
  "RandomPerspective",
  "RandomPosterization",
  "RandomRotation",
  "RandomSaturation",
  "RandomSharpness",
  "RandomShear",
  "RandomTranslation",
  "RandomWidth",
  "RandomZoom",
  "StochasticDepth",
];

const TRANSLATORS: Readonly<Record<string, Translator>> = {
  ...WEIGHTED_LAYERS,
  ...Object.fromEntries(
    Object.entries(ACTIVATION_LAYERS).map(([className, make]): [string, Translator] => [
      className,
      (layer) => activationNodes(make(layer), placeOf(layer)),
    ]),
  ),
  ...PLAIN_LAYERS,
  ...PREPROCESSING_LAYERS,
  ...OPERATOR_LAYERS,
  ...Object.fromEntries(TRAINING_ONLY.map((className): [string, Translator] => [className, () => []])),
};

/** The nodes that do what the layer does, in order; the last one gives its result. None for a layer that does nothing. */
export function translateLayer(layer: LayerContext): NetworkNode[] {
  const translate = Object.hasOwn(TRANSLATORS, layer.className) ? TRANSLATORS[layer.className] : undefined;
  if (!translate) {
    const known = Object.keys(TRANSLATORS).filter((className) => !(className in OPERATOR_LAYERS));
    throw new FormatError({ code: "keras/unknown-layer", layer: layer.name, type: layer.className, known });
  }
  return translate(layer);
}

function placeOf({ name, inputs: [input = ""], inputShape }: LayerContext) {
  return { name, input, channels: inputShape.at(-1) ?? 0 };
}
