/** Operations of ONNX that give the same numbers in another shape or order, and means over the plane. */
import {
  attributeOf,
  channelAxis,
  constantOf,
  type Layout,
  like,
  listOf,
  numberOf,
  numbersOf,
  type OnnxOperation,
  optionalConstant,
  type Result,
  rankOf,
  resultOf,
  type Translator,
  unread,
} from "./values.ts";

export const REARRANGING: Readonly<Record<string, Translator>> = {
  Flatten(operation) {
    if (numberOf(operation, "axis", 1) !== 1) unread(operation, "axis");
    return flatten(operation, resultOf(operation, 0));
  },
  Reshape(operation) {
    const input = resultOf(operation, 0);
    const target = [...constantOf(operation, 1).data];
    return reshape(operation, input, target);
  },
  Squeeze(operation) {
    const input = resultOf(operation, 0);
    const [height, width] = operation.builder.shapeOf(input.node);
    const axes =
      listOf(operation, "axes", 1)
        ?.map((axis) => (axis + 4) % 4)
        .toSorted() ?? plane(input);
    if (input.layout === "flat" || `${axes}` !== `${plane(input)}` || height !== 1 || width !== 1)
      unread(operation, "axes");
    return flatten(operation, input);
  },
  Unsqueeze(operation) {
    const input = resultOf(operation, 0);
    const axes = listOf(operation, "axes", 1)
      ?.map((axis) => (axis + 4) % 4)
      .toSorted();
    if (input.layout !== "flat" || input.flattened || `${axes}` !== "2,3") unread(operation, "axes");
    return reshape(operation, input, [0, operation.builder.channelsOf(input.node), 1, 1]);
  },
  Transpose(operation) {
    const input = resultOf(operation, 0);
    const order = `${numbersOf(operation, "perm", [])}`;
    const turned: Layout | null =
      order === "0,2,3,1" && input.layout === "channels first"
        ? "channels last"
        : order === "0,3,1,2" && input.layout === "channels last"
          ? "channels first"
          : null;
    return turned ? { ...input, layout: turned } : unread(operation, `perm ${order}`);
  },
  Concat(operation) {
    const { name, builder, node } = operation;
    const inputs = node.inputs.map((_, at) => resultOf(operation, at));
    const [first] = inputs;
    if (!first || inputs.some(({ layout, flattened }) => layout !== first.layout || flattened))
      return unread(operation, "inputs");
    const rank = rankOf(first) + 1;
    const axis = (numberOf(operation, "axis", 1) + rank) % rank;
    if (axis !== channelAxis(first)) unread(operation, `axis ${axis}`);
    const names = inputs.map((each) => each.node);
    return like(first, builder.push({ name, op: "ConcatV2", inputs: names, attributes: {}, weights: {} }));
  },
  ReduceMean(operation) {
    const input = resultOf(operation, 0);
    const axes = listOf(operation, "axes", 1)
      ?.map((axis) => (axis + 4) % 4)
      .toSorted();
    if (input.layout === "flat" || `${axes}` !== `${plane(input)}`) unread(operation, `axes ${axes}`);
    const keepDimensions = numberOf(operation, "keepdims", 1) !== 0;
    const { name, builder } = operation;
    const attributes = { keepDimensions };
    const mean = builder.push({ name, op: "Mean", inputs: [input.node], attributes, weights: {} });
    return keepDimensions ? like(input, mean) : { kind: "result", node: mean, layout: "flat", flattened: null };
  },
  Pad(operation) {
    const input = resultOf(operation, 0);
    const mode = attributeOf(operation, "mode")?.text || "constant";
    const value = optionalConstant(operation, 2)?.data[0] ?? numberOf(operation, "value", 0);
    const pads = listOf(operation, "pads", 1) ?? [];
    if (input.layout === "flat" || mode !== "constant" || value !== 0 || pads.length !== 8) unread(operation, mode);
    const [vertical = 2, horizontal = 3] = plane(input);
    const others = pads.filter((_, at) => at % 4 !== vertical && at % 4 !== horizontal);
    if (others.some((side) => side !== 0) || pads.some((side) => side < 0)) unread(operation, `pads ${pads}`);
    const sides = (axis: number) => [pads[axis] ?? 0, pads[axis + 4] ?? 0] as const;
    const { name, builder } = operation;
    return like(input, builder.pad(name, input.node, [sides(vertical), sides(horizontal)]));
  },
};

/** The axes of height and width, the batch counted. */
function plane({ layout }: Result): readonly [number, number] {
  return layout === "channels last" ? [1, 2] : [2, 3];
}

function flatten(operation: OnnxOperation, input: Result): Result {
  const { name, builder } = operation;
  if (input.layout === "flat") return input;
  const [height = 0, width = 0, channels = 0] = builder.shapeOf(input.node);
  const attributes = { shape: [height * width * channels] };
  const node = builder.push({ name, op: "Reshape", inputs: [input.node], attributes, weights: {} });
  const isTurned = input.layout === "channels first" && height * width > 1;
  return { kind: "result", node, layout: "flat", flattened: isTurned ? [height, width, channels] : null };
}

/** To one dimension, or a vector to a map of one pixel. @param target 0 for a dimension that stays, -1 for what is left */
function reshape(operation: OnnxOperation, input: Result, target: readonly number[]): Result {
  const { name, builder } = operation;
  const volume = builder.shapeOf(input.node).reduce((product, length) => product * length, 1);
  const [batch, ...rest] = target;
  const isBatch = batch === 0 || batch === 1 || batch === -1;
  if (isBatch && rest.length === 1 && (rest[0] === -1 || rest[0] === volume)) return flatten(operation, input);
  // A vector of numbers, each a channel of its own.
  const isVector = input.layout === "flat" ? !input.flattened : volume === builder.channelsOf(input.node);
  const [channels, height, width] = rest;
  const isPixel = rest.length === 3 && height === 1 && width === 1 && (channels === -1 || channels === volume);
  if (!isBatch || !isVector || !isPixel) return unread(operation, `[${target}]`);
  const attributes = { shape: [1, 1, volume] };
  const node = builder.push({ name, op: "Reshape", inputs: [input.node], attributes, weights: {} });
  return { kind: "result", node, layout: "channels first", flattened: null };
}
