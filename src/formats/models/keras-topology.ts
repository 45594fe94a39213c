/** Keras's layer graphs as JSON, in the notation of Keras 2 and TensorFlow.js and in that of Keras 3. */
import * as v from "valibot";
import type { Network, NetworkNode, Weight } from "../../network/network.ts";
import { addShape, type Shape, startShapes } from "../../network/shapes.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem } from "../field-problem.ts";
import { translateLayer } from "./keras-layers.ts";

export interface LayerJson {
  class_name: string;
  config: unknown;
  name?: string | undefined;
  inbound_nodes?: unknown;
}

export const LayerJson: v.GenericSchema<unknown, LayerJson> = v.object({
  class_name: v.string(),
  config: v.unknown(),
  name: v.optional(v.string()),
  inbound_nodes: v.optional(v.unknown()),
});

const Sequential = v.union([
  v.pipe(
    v.array(LayerJson),
    v.transform((layers) => ({ layers })),
  ),
  v.object({ layers: v.array(LayerJson) }),
]);
const Endpoint = v.pipe(
  v.array(v.unknown()),
  v.transform(([name]) => name),
  v.string(),
);
const Endpoints = v.union([
  v.array(Endpoint),
  v.pipe(
    Endpoint,
    v.transform((name) => [name]),
  ),
]);
const Functional = v.object({ layers: v.array(LayerJson), input_layers: Endpoints, output_layers: Endpoints });
const shape = v.array(v.nullable(v.number()));
const InputLayer = v.union([
  v.object({ batch_input_shape: shape }),
  v.pipe(
    v.object({ batch_shape: shape }),
    v.transform(({ batch_shape }) => ({ batch_input_shape: batch_shape })),
  ),
]);
/** Keras 3's notation of a layer's result. */
const KerasTensor = v.object({
  class_name: v.literal("__keras_tensor__"),
  config: v.object({ keras_history: Endpoint }),
});
/** The deepest of Keras's own networks has about 1,000. */
const MAX_LAYERS = 5000;

/** A layer whose weights are asked for. */
export interface LayerReference {
  readonly name: string;
  /** Where Keras 3's weight files keep it: its class and number within its model, inner models in front. */
  readonly place: string;
}

/** Gives the weight of a layer's part, such as `depthwise_kernel`. @param index of the part among the layer's */
export type WeightLookup = (layer: LayerReference, part: string, index: number) => Weight;

/**
 * Reads a Keras model, nested models inlined.
 *
 * @throws FormatError naming the layer or field that is wrong
 */
export function readKerasTopology(model: LayerJson, weights: WeightLookup): Network {
  return new Reader(weights).read(model);
}

class Reader {
  readonly #weights: WeightLookup;
  readonly #nodes: NetworkNode[] = [];
  readonly #taken = new Set<string>();
  #layers = 0;
  /** Of the results so far. */
  #shapes = new Map<string, Shape>();
  #input: Network["input"] | null = null;

  constructor(weights: WeightLookup) {
    this.#weights = weights;
  }

  read(model: LayerJson): Network {
    const output = this.#model(model, null, "");
    if (!this.#input || output === null || output === this.#input.name) {
      throw new FormatError({ code: "keras/no-layers" });
    }
    return { name: nameOf(model), input: this.#input, nodes: this.#nodes, output };
  }

  /** Adds a model's layers; gives the name of its result. `from` is null for the outermost model. @param path of its place */
  #model(model: LayerJson, from: string | null, path: string): string | null {
    const placeOf = createPlaces(path);
    if (model.class_name === "Sequential") {
      const { layers } = parse(Sequential, model);
      return layers.reduce((input, layer) => this.#layer(layer, input === null ? [] : [input], placeOf(layer)), from);
    }
    const { layers, input_layers, output_layers } = parse(Functional, model);
    const [input, ...others] = input_layers;
    const [output, ...more] = output_layers;
    if (input === undefined || output === undefined || others.length || more.length) {
      throw new FormatError({ code: "keras/several-ends", model: nameOf(model) });
    }
    const results = new Map<string, string>();
    for (const layer of layers) {
      const sources = inboundNames(layer).map((name) => {
        const source = results.get(name);
        if (source !== undefined) return source;
        throw new FormatError({ code: "keras/unknown-source", layer: nameOf(layer), source: name });
      });
      const isInput = nameOf(layer) === input;
      const result = this.#layer(layer, isInput && from !== null ? [from] : sources, placeOf(layer));
      if (result !== null) results.set(nameOf(layer), result);
    }
    return results.get(output) ?? null;
  }

  /** Adds one layer; gives the name of its result. */
  #layer(layer: LayerJson, inputs: readonly string[], place: string): string | null {
    const [from = null] = inputs;
    this.#layers += 1;
    if (this.#layers > MAX_LAYERS) throw new FormatError({ code: "keras/too-many-layers", most: MAX_LAYERS });
    if (layer.class_name === "InputLayer") return from ?? this.#setInput(layer);
    if (["Sequential", "Model", "Functional"].includes(layer.class_name))
      return this.#model(layer, from, `${place}/layers/`);
    // The first layer of a Sequential may state the input's shape itself.
    if (from === null) return this.#layer(layer, [this.#setInput(layer)], place);

    const name = nameOf(layer);
    const unique = this.#unique(name);
    const nodes = translateLayer({
      className: layer.class_name,
      name: unique,
      config: layer.config,
      inputs,
      inputShape: this.#shapes.get(from) ?? [],
      weight: (part, index) => this.#weights({ name, place }, part, index),
    });
    for (const node of nodes) addShape(this.#shapes, node);
    this.#nodes.push(...nodes);
    return nodes.at(-1)?.name ?? from;
  }

  #setInput(layer: LayerJson): string {
    const { batch_input_shape: shape } = parse(InputLayer, layer);
    if (this.#input) throw new FormatError({ code: "keras/second-input", layer: nameOf(layer) });
    const sizes = shape.slice(1).map((length) => {
      if (length !== null) return length;
      throw new FormatError({ code: "keras/open-size", layer: nameOf(layer) });
    });
    const name = this.#unique(layer.class_name === "InputLayer" ? nameOf(layer) : "input");
    this.#input = { name, shape: sizes };
    this.#shapes = startShapes(this.#input);
    return name;
  }

  #unique(name: string): string {
    let free = name;
    for (let number = 2; this.#taken.has(free); number++) free = `${name}_${number}`;
    this.#taken.add(free);
    return free;
  }
}

/** Numbers the layers of a model by their classes: `conv2d`, `conv2d_1`, … */
function createPlaces(path: string): (layer: LayerJson) => string {
  const counts = new Map<string, number>();
  return ({ class_name }) => {
    const kind = snakeCase(class_name);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return `${path}${count ? `${kind}_${count}` : kind}`;
  };
}

/** Agrees with Keras's `to_snake_case`: `DepthwiseConv2D` → `depthwise_conv2d`. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

const Keras2Nodes = v.optional(v.union([v.strictTuple([]), v.strictTuple([v.array(Endpoint)])]), []);
const Keras3Nodes = v.strictTuple([v.object({ args: v.array(v.unknown()) })]);

/** The layers that a layer takes from: `[[["name", 0, 0, {}], …]]` in Keras 2, tensors among a call's arguments in Keras 3. */
function inboundNames(layer: LayerJson): string[] {
  const keras3 = v.safeParse(Keras3Nodes, layer.inbound_nodes);
  if (keras3.success) return keras3.output[0].args.flatMap(tensorsIn);
  const keras2 = v.safeParse(Keras2Nodes, layer.inbound_nodes);
  if (!keras2.success) throw new FormatError({ code: "keras/shared-layer", layer: nameOf(layer) });
  return keras2.output[0] ?? [];
}

function tensorsIn(argument: unknown): string[] {
  if (Array.isArray(argument)) return argument.flatMap(tensorsIn);
  const tensor = v.safeParse(KerasTensor, argument);
  return tensor.success ? [tensor.output.config.keras_history] : [];
}

function nameOf(layer: LayerJson): string {
  const inner = v.safeParse(v.object({ name: v.string() }), layer.config);
  return layer.name ?? (inner.success ? inner.output.name : layer.class_name.toLowerCase());
}

function parse<Schema extends v.GenericSchema>(schema: Schema, layer: LayerJson): v.InferOutput<Schema> {
  const result = v.safeParse(schema, layer.config);
  if (result.success) return result.output;
  const problem = fieldProblem(result.issues);
  throw new FormatError({ code: "keras/field", layer: nameOf(layer), type: layer.class_name, ...problem });
}
