/** Sums and products, as every format of graphs has them. */
import type { GraphBuilder } from "./graph-builder.ts";

export type Arithmetic = "add" | "subtract" | "multiply" | "divide";

/**
 * A result and a constant.
 * @param values one for all channels, or one each @param isFirst whether the constant stands before the sign
 * @returns null for a constant over a result, which is not read
 */
export function withConstant(
  builder: GraphBuilder,
  { name, kind }: { readonly name: string; readonly kind: Arithmetic },
  input: string,
  values: number | Float32Array,
  isFirst: boolean,
): string | null {
  const each = (of: (value: number) => number) => (typeof values === "number" ? of(values) : values.map(of));
  if (kind === "add") return builder.scale(name, input, 1, values);
  if (kind === "multiply") return builder.scale(name, input, values, 0);
  if (kind === "subtract") {
    const negative = () => each((value) => -value);
    return isFirst ? builder.scale(name, input, -1, values) : builder.scale(name, input, 1, negative());
  }
  if (isFirst) return null;
  const inverse = each((value) => 1 / value);
  return builder.scale(name, input, inverse, 0);
}

/** Two results. @returns null for one over the other, which is not read */
export function ofResults(
  builder: GraphBuilder,
  { name, kind }: { readonly name: string; readonly kind: Arithmetic },
  first: string,
  second: string,
): string | null {
  if (kind === "divide") return null;
  if (kind === "multiply") {
    return builder.push({ name, op: "Mul", inputs: [first, second], attributes: {}, weights: {} });
  }
  const other = kind === "add" ? second : builder.scale(`${name}_negative`, second, -1, 0);
  return builder.push({ name, op: "AddV2", inputs: [first, other], attributes: {}, weights: {} });
}
