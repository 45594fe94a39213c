/** What Keras's layer configurations have in common. */
import * as v from "valibot";
import type { Weight } from "../../network/network.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem } from "../field-problem.ts";
import type { LayerCall } from "./keras-call.ts";

/** A layer to translate: where its input comes from, and how to get its weights. */
export interface LayerContext {
  readonly className: string;
  readonly name: string;
  readonly config: unknown;
  readonly inputs: readonly string[];
  /** Per-sample shapes of the inputs. */
  readonly inputShapes: readonly (readonly number[])[];
  /** Of the first input. */
  readonly inputShape: readonly number[];
  /** What it is called with, constants included. */
  readonly call: LayerCall;
  /** Whether Keras 3 wrote the description: a few functions are not what they were in Keras 2. */
  readonly isKeras3: boolean;
  /** @param index of the part among the layer's weights, in Keras's order */
  weight(part: string, index: number): Weight;
}

const pair = v.union([
  v.pipe(
    v.number(),
    v.transform((n): [number, number] => [n, n]),
  ),
  v.tuple([v.number(), v.number()]),
]);
/** A function's name, or a layer that is one. */
export const activation = v.nullish(
  v.union([v.string(), v.object({ class_name: v.string(), config: v.optional(v.unknown(), {}) })]),
  "linear",
);
export type ActivationSpec = v.InferOutput<typeof activation>;
const padding = v.pipe(
  v.optional(v.picklist(["valid", "same"]), "valid"),
  v.transform((name) => (name === "same" ? ("SAME" as const) : ("VALID" as const))),
);
export const channelsLast = v.optional(v.literal("channels_last"), "channels_last");

export const Windowed = v.object({
  strides: v.optional(pair, 1),
  padding,
  dilation_rate: v.optional(pair, 1),
  use_bias: v.optional(v.boolean(), true),
  activation,
  data_format: channelsLast,
});

export const Pool = v.object({
  pool_size: v.optional(pair, 2),
  strides: v.nullish(pair),
  padding,
  data_format: channelsLast,
});

export function parse<Schema extends v.GenericSchema>(schema: Schema, layer: LayerContext): v.InferOutput<Schema> {
  const result = v.safeParse(schema, layer.config);
  if (result.success) return result.output;
  const { name, className } = layer;
  throw new FormatError({ code: "keras/field", layer: name, type: className, ...fieldProblem(result.issues) });
}

/** Of a layer that works along the channels here, and along something else in the file. */
export function refuseAxis({ name, className }: LayerContext, axis: number): never {
  throw new FormatError({ code: "keras/axis", layer: name, type: className, axis });
}
