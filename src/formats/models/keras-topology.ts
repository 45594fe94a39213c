/** Keras's layer graphs as JSON, in the notation of Keras 2 and TensorFlow.js and in that of Keras 3. */
import * as v from "valibot";
import type { Network, NetworkNode, Weight } from "../../network/network.ts";
import { addShape, type Shape, startShapes } from "../../network/shapes.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem } from "../field-problem.ts";
import { callOf, type LayerCall, type Operand, readCall, resultsOf } from "./keras-call.ts";
import { translateLayer } from "./keras-layers.ts";
import { leadingTarget, PhotoFront, type PhotoRange, targetOf } from "./keras-photo-front.ts";
import { createPlaces } from "./keras-places.ts";

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
/** The deepest of Keras's own networks has about 1,000. */
const MAX_LAYERS = 5000;

/** Of models within models; Keras's own have two. */
const MAX_DEPTH = 20;

/** A layer whose weights are asked for. */
export interface LayerReference {
  readonly name: string;
  /** Where Keras 3's weight files keep it: its class and number within its model, inner models in front. */
  readonly place: string;
}

/** Gives the weight of a layer's part, such as `depthwise_kernel`. @param index of the part among the layer's */
export type WeightLookup = (layer: LayerReference, part: string, index: number) => Weight;

export interface KerasTopology {
  readonly network: Network;
  /** The names of the model and of the models within it, from outside in. */
  readonly models: readonly string[];
  /** How it takes pixels, as far as its first layers tell. */
  readonly range: PhotoRange;
  /** Whether its first layers stretch photos to the size of the network's input. */
  readonly squashes: boolean;
}

/**
 * Reads a Keras model, nested models inlined.
 *
 * @throws FormatError naming the layer or field that is wrong
 */
export function readKerasTopology(model: LayerJson, weights: WeightLookup): KerasTopology {
  return new Reader(model, weights).read();
}

class Reader {
  readonly #outermost: LayerJson;
  readonly #weights: WeightLookup;
  readonly #nodes: NetworkNode[] = [];
  readonly #taken = new Set<string>();
  readonly #models: string[] = [];
  readonly #front = new PhotoFront();
  readonly #isKeras3: boolean;
  #isOpen = false;
  #squashes = false;
  #layers = 0;
  /** Of the results so far. */
  #shapes = new Map<string, Shape>();
  #input: Network["input"] | null = null;

  constructor(model: LayerJson, weights: WeightLookup) {
    this.#outermost = model;
    this.#weights = weights;
    // Keras 2 and TensorFlow.js call it `batch_input_shape`.
    this.#isKeras3 = JSON.stringify(model).includes('"batch_shape":');
  }

  read(): KerasTopology {
    const output = this.#model(this.#outermost, null, "");
    if (!this.#input || output === null || output === this.#input.name) {
      throw new FormatError({ code: "keras/no-layers" });
    }
    const network = { name: nameOf(this.#outermost), input: this.#input, nodes: this.#nodes, output };
    return { network, models: this.#models, range: this.#front.range, squashes: this.#squashes };
  }

  /** Adds a model's layers; gives the name of its result. `from` is null for the outermost model. @param path of its place */
  #model(model: LayerJson, from: string | null, path: string): string | null {
    const placeOf = createPlaces(path);
    this.#models.push(nameOf(model));
    if (path.split("/").length > 2 * MAX_DEPTH) throw new FormatError({ code: "keras/too-deep", most: MAX_DEPTH });
    if (model.class_name === "Sequential") {
      const { layers } = parse(Sequential, model);
      return layers.reduce((input, layer) => this.#layer(layer, callOf(input), placeOf(layer)), from);
    }
    const { layers, input_layers, output_layers } = parse(Functional, model);
    const [input, ...others] = input_layers;
    const [output, ...more] = output_layers;
    if (input === undefined || output === undefined || others.length || more.length) {
      throw new FormatError({ code: "keras/several-ends", model: nameOf(model) });
    }
    const results = new Map<string, string>();
    for (const layer of layers) {
      const isInput = nameOf(layer) === input;
      const call = isInput && from !== null ? callOf(from) : resolved(layer, results);
      const result = this.#layer(layer, call, placeOf(layer));
      if (result !== null) results.set(nameOf(layer), result);
    }
    return results.get(output) ?? null;
  }

  /** Adds one layer; gives the name of its result. */
  #layer(layer: LayerJson, call: LayerCall, place: string): string | null {
    const inputs = resultsOf(call);
    const [from = null] = inputs;
    this.#layers += 1;
    if (this.#layers > MAX_LAYERS) throw new FormatError({ code: "keras/too-many-layers", most: MAX_LAYERS });
    if (layer.class_name === "InputLayer") return from ?? this.#setInput(layer);
    if (["Sequential", "Model", "Functional"].includes(layer.class_name))
      return this.#model(layer, from, `${place}/layers/`);
    // The first layer of a Sequential may state the input's shape itself.
    if (from === null) return this.#layer(layer, callOf(this.#setInput(layer)), place);

    this.#resize(layer, from);
    const name = nameOf(layer);
    const unique = this.#unique(name);
    const inputShapes = inputs.map((input) => this.#shapes.get(input) ?? []);
    const nodes = this.#withFreeNames(
      translateLayer({
        className: layer.class_name,
        name: unique,
        config: layer.config,
        inputs,
        inputShapes,
        inputShape: inputShapes[0] ?? [],
        call,
        isKeras3: this.#isKeras3,
        weight: (part, index) => this.#weights({ name, place }, part, index),
      }),
      unique,
    );
    for (const node of nodes) addShape(this.#shapes, node);
    this.#nodes.push(...nodes);
    this.#front.add(layer.class_name, from, nodes);
    return nodes.at(-1)?.name ?? from;
  }

  /** A photo that is made another size first is asked for in that size. */
  #resize(layer: LayerJson, from: string): void {
    const target = targetOf(layer);
    if (!target || !this.#input) return;
    const isPhoto = this.#front.holds(from);
    if (this.#isOpen && !isPhoto) throw new FormatError({ code: "keras/open-size", layer: this.#input.name });
    const [height, width] = target.size;
    const [fromHeight = 0, fromWidth = 0, ...channels] = this.#input.shape;
    const isSame = height === fromHeight && width === fromWidth;
    if (layer.class_name !== "Resizing" || isSame || !isPhoto || !this.#front.isWhole) return;
    this.#squashes = target.squashes && height * fromWidth !== width * fromHeight;
    this.#input = { ...this.#input, shape: [height, width, ...channels] };
    this.#shapes = startShapes(this.#input);
    for (const node of this.#nodes) addShape(this.#shapes, node);
  }

  #setInput(layer: LayerJson): string {
    const { batch_input_shape: shape } = parse(InputLayer, layer);
    if (this.#input) throw new FormatError({ code: "keras/second-input", layer: nameOf(layer) });
    const target = leadingTarget(this.#outermost);
    this.#isOpen = shape.slice(1).includes(null);
    this.#squashes = this.#isOpen && (target?.squashes ?? false);
    const sizes = shape.slice(1).map((length, axis) => {
      const size = length ?? target?.size[axis];
      if (size !== undefined) return size;
      throw new FormatError({ code: "keras/open-size", layer: nameOf(layer) });
    });
    const name = this.#unique(layer.class_name === "InputLayer" ? nameOf(layer) : "input");
    this.#input = { name, shape: sizes };
    this.#shapes = startShapes(this.#input);
    this.#front.begin(name);
    return name;
  }

  /** A layer's nodes, those within it under names that no other node has. */
  #withFreeNames(nodes: readonly NetworkNode[], result: string): NetworkNode[] {
    const names = new Map(nodes.flatMap(({ name }) => (name === result ? [] : [[name, this.#unique(name)]])));
    const free = (name: string) => names.get(name) ?? name;
    return nodes.map((node) => ({ ...node, name: free(node.name), inputs: node.inputs.map(free) }));
  }

  #unique(name: string): string {
    let free = name;
    for (let number = 2; this.#taken.has(free); number++) free = `${name}_${number}`;
    this.#taken.add(free);
    return free;
  }
}

/** What a layer is called with, its sources by their names here. */
function resolved(layer: LayerJson, results: ReadonlyMap<string, string>): LayerCall {
  const call = readCall(layer.inbound_nodes);
  if (call === "several") throw new FormatError({ code: "keras/shared-layer", layer: nameOf(layer) });
  if (call === null) throw new FormatError({ code: "keras/no-call", layer: nameOf(layer), type: layer.class_name });
  const resolve = (operand: Operand): Operand => {
    if (!("result" in operand)) return operand;
    const result = results.get(operand.result);
    if (result !== undefined) return { result };
    throw new FormatError({ code: "keras/unknown-source", layer: nameOf(layer), source: operand.result });
  };
  const named = Object.entries(call.named).map(([name, operand]) => [name, resolve(operand)] as const);
  return { operands: call.operands.map(resolve), named: Object.fromEntries(named) };
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
