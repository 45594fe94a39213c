/** Arithmetic and functions that a Keras model is written with: `x / 127.5 - 1` is two layers, whichever Keras saved it. */
import * as v from "valibot";
import type { NetworkNode } from "../../network/network.ts";
import { scaleAndOffset } from "../../network/scaling.ts";
import { FormatError } from "../errors.ts";
import { activationNodes, activationOf } from "./keras-activations.ts";
import type { Operand } from "./keras-call.ts";
import { type ActivationSpec, type LayerContext, parse } from "./keras-layer-config.ts";
import { addition, multiply } from "./keras-nodes.ts";

/** A layer's class in Keras 3. */
export const OPERATOR_LAYERS: Readonly<Record<string, (layer: LayerContext) => NetworkNode[]>> = {
  Add: (layer) => arithmetic(layer, "add"),
  Subtract: (layer) => arithmetic(layer, "subtract"),
  Multiply: (layer) => arithmetic(layer, "multiply"),
  TrueDivide: (layer) => arithmetic(layer, "divide"),
  Divide: (layer) => arithmetic(layer, "divide"),
  Negative: (layer) => scaled(layer, firstResult(layer), -1, 0),
  Relu: (layer) => activation(layer, "relu"),
  Relu6: (layer) => activation(layer, "relu6"),
  Sigmoid: (layer) => activation(layer, "sigmoid"),
  Tanh: (layer) => activation(layer, "tanh"),
  Silu: (layer) => activation(layer, "silu"),
  HardSigmoid: (layer) => activation(layer, "hard_sigmoid"),
  HardSilu: (layer) => activation(layer, "hard_silu"),
  Gelu(layer) {
    const { approximate } = parse(v.object({ approximate: v.optional(v.boolean(), true) }), layer);
    return activation(layer, approximate ? "gelu_new" : "gelu");
  },
  GetItem: reversedChannels,
  Mean: globalMean,
  TFOpLambda: keras2Operation,
  SlicingOpLambda: reversedChannels,
  TensorFlowOpLayer: graphOperation,
};

type Arithmetic = "add" | "subtract" | "multiply" | "divide";

/** Operations of Keras 2, by the end of TensorFlow's name for them, and those of a graph. */
const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  ...{ add: "add", subtract: "subtract", multiply: "multiply", truediv: "divide", divide: "divide" },
  ...{ bias_add: "add", Add: "add", AddV2: "add", BiasAdd: "add", Sub: "subtract", Mul: "multiply", RealDiv: "divide" },
};
const FUNCTIONS: Readonly<Record<string, string>> = {
  ...{ relu: "relu", relu6: "relu6", sigmoid: "sigmoid", tanh: "tanh", elu: "elu", softmax: "softmax" },
  ...{ silu: "silu", swish: "silu" },
  ...{ Relu: "relu", Relu6: "relu6", Sigmoid: "sigmoid", Tanh: "tanh", Elu: "elu", Softmax: "softmax" },
};
const NOTHING = new Set(["cast", "identity", "convert_to_tensor", "Cast", "Identity", "stop_gradient"]);

function keras2Operation(layer: LayerContext): NetworkNode[] {
  const { function: name } = parse(v.object({ function: v.string() }), layer);
  const short = name.split(".").at(-1) ?? "";
  if (short === "getitem") return reversedChannels(layer);
  if (short === "reduce_mean") return globalMean(layer);
  return operation(layer, name, short);
}

/** Keras of TensorFlow 2.0 to 2.3 keeps the graph's node, and its constants by their places among the inputs. */
function graphOperation(layer: LayerContext): NetworkNode[] {
  const Definition = v.object({ op: v.string(), input: v.array(v.string()) });
  const config = parse(
    v.object({
      node_def: v.union([Definition, v.pipe(v.string(), v.transform(parseJson), Definition)]),
      constants: v.optional(v.record(v.string(), v.unknown()), {}),
    }),
    layer,
  );
  const { op, input } = config.node_def;
  const results = [...layer.inputs];
  const operands = input.map((_, at): Operand => {
    const constant = config.constants[at];
    return constant === undefined ? { result: results.shift() ?? "" } : { constant };
  });
  return operation({ ...layer, call: { operands, named: {} } }, op, op);
}

function operation(layer: LayerContext, name: string, short: string): NetworkNode[] {
  const own = <T>(table: Readonly<Record<string, T>>) => (Object.hasOwn(table, short) ? table[short] : undefined);
  const kind = own(ARITHMETIC);
  if (kind) return arithmetic(layer, kind);
  const named = own(FUNCTIONS);
  if (named) return activation(layer, named);
  return NOTHING.has(short) ? [] : refuse(layer, name);
}

function activation(layer: LayerContext, spec: ActivationSpec): NetworkNode[] {
  const place = { name: layer.name, input: firstResult(layer), channels: layer.inputShape.at(-1) ?? 0 };
  return activationNodes(activationOf(spec, layer), place);
}

/** Of two results, or of one and a constant for all channels or for each. Sums and products also of more results. */
function arithmetic(layer: LayerContext, kind: Arithmetic): NetworkNode[] {
  const { operands, named } = layer.call;
  const all = [...operands, ...["x", "y", "x1", "x2", "bias", "value"].flatMap((name) => named[name] ?? [])];
  const constants = all.flatMap((operand) => ("constant" in operand ? [operand.constant] : []));
  if (!constants.length) return ofResults(layer, kind);
  const [first] = all;
  if (all.length !== 2 || constants.length !== 1 || !first) return refuse(layer, kind);
  const values = numbersIn(constants[0], layer);
  const each = (value: (x: number) => number) => values.map(value);
  const input = firstResult(layer);
  const isFirst = "constant" in first;
  if (kind === "add") return scaled(layer, input, 1, values);
  if (kind === "multiply") return scaled(layer, input, values, 0);
  if (kind === "subtract") {
    return isFirst
      ? scaled(layer, input, -1, values)
      : scaled(
          layer,
          input,
          1,
          each((x) => -x),
        );
  }
  return isFirst
    ? refuse(layer, kind)
    : scaled(
        layer,
        input,
        each((x) => 1 / x),
        0,
      );
}

function ofResults(layer: LayerContext, kind: Arithmetic): NetworkNode[] {
  const { name, inputs } = layer;
  if (inputs.length < 2) return refuse(layer, kind);
  if (kind === "add") return [addition(name, ...inputs)];
  if (kind === "multiply") {
    const spread = spreadVectors(layer);
    return [...spread.nodes, multiply(name, ...spread.inputs)];
  }
  const [first = "", second = "", ...more] = inputs;
  if (kind === "divide" || more.length) return refuse(layer, kind);
  const [negative] = scaled({ ...layer, name: `${name}_negative` }, second, -1, 0);
  return negative ? [negative, addition(name, first, negative.name)] : [];
}

/** Keras multiplies a vector with a map as if the vector stood at every place. */
function spreadVectors({ name, inputs, inputShapes }: LayerContext): { nodes: NetworkNode[]; inputs: string[] } {
  const nodes: NetworkNode[] = [];
  const isMixed = inputShapes.some(({ length }) => length === 3);
  const spread = inputs.map((input, at) => {
    const [channels = 0, ...more] = inputShapes[at] ?? [];
    if (!isMixed || more.length) return input;
    const shape = [1, 1, channels];
    const node: NetworkNode = {
      name: `${name}_${at}`,
      op: "Reshape",
      inputs: [input],
      attributes: { shape },
      weights: {},
    };
    nodes.push(node);
    return node.name;
  });
  return { nodes, inputs: spread };
}

/** A constant as one number for all channels, or one each. */
function numbersIn(constant: unknown, layer: LayerContext): number[] {
  const channels = layer.inputShape.at(-1) ?? 0;
  const values = flatNumbers(constant);
  if (values?.length === 1) return Array.from({ length: channels }, () => values[0] ?? Number.NaN);
  return values?.length === channels ? values : refuse(layer, "constant");
}

/** Keras 3 writes an array as an object that holds its values. */
function flatNumbers(constant: unknown): number[] | null {
  if (typeof constant === "number") return [constant];
  if (Array.isArray(constant)) {
    const parts = constant.map(flatNumbers);
    return parts.every((part) => part !== null) ? parts.flat() : null;
  }
  const array = v.safeParse(v.object({ config: v.object({ value: v.unknown() }) }), constant);
  return array.success ? flatNumbers(array.output.config.value) : null;
}

function scaled(
  { name, inputShape }: LayerContext,
  input: string,
  scale: number | readonly number[],
  offset: number | readonly number[],
): NetworkNode[] {
  return [scaleAndOffset(name, input, inputShape.at(-1) ?? 0, scale, offset)];
}

/** `x[..., ::-1]`: blue first. Other slices are none that photos are prepared with. */
function reversedChannels(layer: LayerContext): NetworkNode[] {
  const description = JSON.stringify([layer.call.operands.slice(1), layer.call.named]);
  const steps = [...description.matchAll(/"step":(null|-?\d+)/g)]
    .map(([, step]) => step)
    .filter((step) => step !== "null");
  const isReversal = `${steps}` === "-1" && !/"(start|stop)":-?\d/.test(description) && /llipsis/.test(description);
  const channels = layer.inputShape.at(-1) ?? 0;
  if (!isReversal || layer.inputShape.length !== 3 || channels > 4) refuse(layer, "slice");
  const data = Float32Array.from({ length: channels ** 2 }, (_, at) =>
    Math.floor(at / channels) + (at % channels) === channels - 1 ? 1 : 0,
  );
  const attributes = { strides: [1, 1], padding: "VALID", dilations: [1, 1], activation: null } as const;
  const weights = { kernel: { shape: [1, 1, channels, channels], data } };
  return [{ name: layer.name, op: "Conv2D", inputs: [firstResult(layer)], attributes, weights }];
}

/** The mean over the plane, as Keras 3 and Keras 2 write it. */
function globalMean(layer: LayerContext): NetworkNode[] {
  const fields = { axis: v.array(v.number()), keepdims: v.nullish(v.boolean()) };
  const named = Object.fromEntries(
    Object.entries(layer.call.named).flatMap(([name, operand]) =>
      "constant" in operand ? [[name, operand.constant]] : [],
    ),
  );
  const config = { ...(layer.config as object), ...named };
  const { axis, keepdims } = parse(v.object(fields), { ...layer, config });
  if (`${axis}` !== "1,2" || layer.inputShape.length !== 3) return refuse(layer, `mean over ${axis}`);
  const attributes = { keepDimensions: keepdims ?? false };
  return [{ name: layer.name, op: "Mean", inputs: [firstResult(layer)], attributes, weights: {} }];
}

function firstResult({ inputs: [first = ""] }: LayerContext): string {
  return first;
}

function refuse({ name, className }: LayerContext, operationName: string): never {
  throw new FormatError({ code: "keras/operation", layer: name, type: className, operation: operationName });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
