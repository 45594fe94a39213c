/** What a layer of a Keras model is called with, in the notation of Keras 2 and TensorFlow.js and in that of Keras 3. */
import * as v from "valibot";

/** The result of another layer, by that layer's name, or a constant. */
export type Operand = { readonly result: string } | { readonly constant: unknown };

export interface LayerCall {
  /** In order; those within a list one by one. */
  readonly operands: readonly Operand[];
  readonly named: Readonly<Record<string, Operand>>;
}

const NO_CALL: LayerCall = { operands: [], named: {} };
const Named = v.record(v.string(), v.unknown());
/** Keras 2's notation of a layer's result: its name, and which call and which of its results. */
const Endpoint = v.looseTuple([v.string(), v.number(), v.number()]);
/** Keras 2's notation of a constant in the place of a result. */
const Constant = v.looseTuple([v.literal("_CONSTANT_VALUE"), v.number(), v.unknown()]);
const KerasTensor = v.object({
  class_name: v.literal("__keras_tensor__"),
  config: v.object({ keras_history: v.pipe(v.array(v.unknown()), v.minLength(1)) }),
});
const Keras3Call = v.object({ args: v.array(v.unknown()), kwargs: v.optional(Named, {}) });

/**
 * The call of a layer: `[[["name", 0, 0, {…}], …]]` in Keras 2, or `[["name", 0, 0, {…}]]` for an operation, and a call's
 * arguments in Keras 3.
 *
 * @param inbound the layer's `inbound_nodes`
 * @returns `several` when the layer is called more than once, null when this is no call
 */
export function readCall(inbound: unknown): LayerCall | "several" | null {
  if (inbound === undefined || inbound === null) return NO_CALL;
  if (!Array.isArray(inbound)) return null;
  if (inbound.length > 1) return "several";
  const [call] = inbound;
  if (call === undefined) return NO_CALL;
  const keras3 = v.safeParse(Keras3Call, call);
  if (keras3.success) {
    const { args, kwargs } = keras3.output;
    const named = Object.entries(kwargs).map(([name, value]) => [
      name,
      keras3Operands(value)[0] ?? { constant: value },
    ]);
    return { operands: args.flatMap(keras3Operands), named: Object.fromEntries(named) };
  }
  if (!Array.isArray(call)) return null;
  const connections: unknown[] = typeof call[0] === "string" ? [call] : call;
  if (!connections.every((connection) => typeof keras2Name(connection) === "string")) return null;
  const operands = connections.map(keras2Operand);
  const last = connections.at(-1);
  const given = v.safeParse(Named, Array.isArray(last) ? last[3] : undefined);
  const named = Object.entries(given.success ? given.output : {}).map(([name, value]) => [name, keras2Operand(value)]);
  return { operands, named: Object.fromEntries(named) };
}

/** With one result alone; with nothing for null. */
export function callOf(result: string | null): LayerCall {
  return { operands: result === null ? [] : [{ result }], named: {} };
}

/** The results among a call's operands, named ones last. */
export function resultsOf({ operands, named }: LayerCall): string[] {
  return [...operands, ...Object.values(named)].flatMap((operand) => ("result" in operand ? [operand.result] : []));
}

function keras2Name(connection: unknown): unknown {
  return Array.isArray(connection) ? connection[0] : undefined;
}

function keras2Operand(value: unknown): Operand {
  if (v.is(Constant, value)) return { constant: value[2] };
  if (v.is(Endpoint, value)) return { result: value[0] };
  // The shortest notation of TensorFlow.js leaves out all but the name.
  return Array.isArray(value) && value.length === 1 && typeof value[0] === "string"
    ? { result: value[0] }
    : { constant: value };
}

function keras3Operands(value: unknown): Operand[] {
  const tensor = v.safeParse(KerasTensor, value);
  if (tensor.success) return [{ result: String(tensor.output.config.keras_history[0]) }];
  if (!Array.isArray(value)) return [{ constant: value }];
  const inner = value.map(keras3Operands);
  // A list without results is a constant of its own.
  const holdsResult = inner.some((operands) => operands.some((operand) => "result" in operand));
  return holdsResult ? inner.flat() : [{ constant: value }];
}
