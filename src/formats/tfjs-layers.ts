/** TensorFlow.js layers-models: Keras's layer graph as JSON, with the weights beside it. */
import * as v from "valibot";
import type { Network, NetworkNode, Weight } from "../network/network.ts";
import { inferShapes } from "../network/shapes.ts";
import { FormatError } from "./errors.ts";
import { translateLayer } from "./keras-layers.ts";
import { decodeWeights, WeightsManifest } from "./tfjs-weights.ts";

interface LayerJson {
  class_name: string;
  config: unknown;
  name?: string | undefined;
  inbound_nodes?: unknown;
}

const Layer: v.GenericSchema<unknown, LayerJson> = v.object({
  class_name: v.string(),
  config: v.unknown(),
  name: v.optional(v.string()),
  inbound_nodes: v.optional(v.unknown()),
});

const Sequential = v.union([
  v.pipe(
    v.array(Layer),
    v.transform((layers) => ({ layers })),
  ),
  v.object({ layers: v.array(Layer) }),
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
const Functional = v.object({ layers: v.array(Layer), input_layers: Endpoints, output_layers: Endpoints });
const InputLayer = v.object({ batch_input_shape: v.array(v.nullable(v.number())) });
const LayersModelJson = v.object({
  modelTopology: v.union([
    Layer,
    v.pipe(
      v.object({ model_config: Layer }),
      v.transform((topology) => topology.model_config),
    ),
  ]),
  weightsManifest: WeightsManifest,
});

/**
 * Reads a layers-model, nested models inlined.
 *
 * @param modelJson the parsed `model.json`
 * @param weightBytes its weight files joined in the manifest's order
 * @throws FormatError naming the layer, field or weight that is wrong
 */
export function readLayersModel(modelJson: unknown, weightBytes: Uint8Array): Network {
  const parsed = v.safeParse(LayersModelJson, modelJson);
  if (!parsed.success) {
    throw new FormatError(
      `model.json is not a layers-model: ${v.getDotPath(parsed.issues[0]) ?? "it"} is wrong. ${parsed.issues[0].message}.`,
    );
  }
  const { modelTopology, weightsManifest } = parsed.output;
  return new Reader(decodeWeights(weightsManifest, weightBytes)).read(modelTopology);
}

class Reader {
  readonly #weights: ReadonlyMap<string, Weight>;
  readonly #nodes: NetworkNode[] = [];
  readonly #taken = new Set<string>();
  #input: Network["input"] | null = null;

  constructor(weights: ReadonlyMap<string, Weight>) {
    this.#weights = weights;
  }

  read(model: LayerJson): Network {
    const output = this.#model(model, null);
    if (!this.#input || output === null || output === this.#input.name)
      throw new FormatError("The model has no layers.");
    return { ...this.#soFar(output, this.#input), name: nameOf(model) };
  }

  /** Adds a model's layers; gives the name of its result. `from` is null for the outermost model. */
  #model(model: LayerJson, from: string | null): string | null {
    if (model.class_name === "Sequential") {
      const { layers } = parse(Sequential, model);
      return layers.reduce((input, layer) => this.#layer(layer, input === null ? [] : [input]), from);
    }
    const { layers, input_layers, output_layers } = parse(Functional, model);
    const [input, ...others] = input_layers;
    const [output, ...more] = output_layers;
    if (input === undefined || output === undefined || others.length || more.length) {
      throw new FormatError(`“${nameOf(model)}” has several inputs or outputs; an image classifier has one of each.`);
    }
    const results = new Map<string, string>();
    for (const layer of layers) {
      const sources = inboundNames(layer).map((name) => {
        const source = results.get(name);
        if (source === undefined)
          throw new FormatError(`Layer “${nameOf(layer)}” takes from “${name}”, which is not there.`);
        return source;
      });
      const isInput = nameOf(layer) === input;
      const result = this.#layer(layer, isInput && from !== null ? [from] : sources);
      if (result !== null) results.set(nameOf(layer), result);
    }
    return results.get(output) ?? null;
  }

  /** Adds one layer; gives the name of its result. */
  #layer(layer: LayerJson, inputs: readonly string[]): string | null {
    const [from = null] = inputs;
    if (layer.class_name === "InputLayer") return from ?? this.#setInput(layer);
    if (["Sequential", "Model", "Functional"].includes(layer.class_name)) return this.#model(layer, from);
    // The first layer of a Sequential may state the input's shape itself.
    if (from === null) return this.#layer(layer, [this.#setInput(layer)]);

    const name = nameOf(layer);
    const unique = this.#unique(name);
    const nodes = translateLayer({
      className: layer.class_name,
      name: unique,
      config: layer.config,
      inputs,
      inputShape: this.#shapeOf(from),
      weight: (part) => this.#weight(name, part),
    });
    this.#nodes.push(...nodes);
    return nodes.at(-1)?.name ?? from;
  }

  #setInput(layer: LayerJson): string {
    const { batch_input_shape: shape } = parse(InputLayer, layer);
    if (this.#input) throw new FormatError(`“${nameOf(layer)}” is a second input; an image classifier has one.`);
    const sizes = shape.slice(1).map((length) => {
      if (length === null)
        throw new FormatError(`The input “${nameOf(layer)}” has no fixed size. Save the model with one.`);
      return length;
    });
    const name = this.#unique(layer.class_name === "InputLayer" ? nameOf(layer) : "input");
    this.#input = { name, shape: sizes };
    return name;
  }

  #shapeOf(name: string): readonly number[] {
    if (!this.#input) return [];
    return inferShapes(this.#soFar(name, this.#input)).get(name) ?? [];
  }

  #soFar(output: string, input: Network["input"]): Network {
    return { name: "", input, nodes: this.#nodes, output };
  }

  /** Weights are named `layer/part`; models inside models may put their own name in front. */
  #weight(layer: string, part: string): Weight {
    const exact = this.#weights.get(`${layer}/${part}`);
    if (exact) return exact;
    for (const [name, weight] of this.#weights) if (name.endsWith(`/${layer}/${part}`)) return weight;
    throw new FormatError(`Layer “${layer}” has no ${part} among the weights. The files do not belong together.`);
  }

  #unique(name: string): string {
    let free = name;
    for (let number = 2; this.#taken.has(free); number++) free = `${name}_${number}`;
    this.#taken.add(free);
    return free;
  }
}

/** The layers that a layer takes from, in Keras 2's notation: `[[["name", 0, 0, {}], …]]`. */
function inboundNames(layer: LayerJson): string[] {
  const notation = v.optional(v.union([v.strictTuple([]), v.strictTuple([v.array(Endpoint)])]), []);
  const parsed = v.safeParse(notation, layer.inbound_nodes);
  if (!parsed.success)
    throw new FormatError(`Layer “${nameOf(layer)}” is used more than once, which this app cannot read.`);
  return parsed.output[0] ?? [];
}

function nameOf(layer: LayerJson): string {
  const inner = v.safeParse(v.object({ name: v.string() }), layer.config);
  return layer.name ?? (inner.success ? inner.output.name : layer.class_name.toLowerCase());
}

function parse<Schema extends v.GenericSchema>(schema: Schema, layer: LayerJson): v.InferOutput<Schema> {
  const result = v.safeParse(schema, layer.config);
  if (result.success) return result.output;
  throw new FormatError(
    `“${nameOf(layer)}” (${layer.class_name}) has an unexpected ${v.getDotPath(result.issues[0]) ?? "configuration"}.`,
  );
}
