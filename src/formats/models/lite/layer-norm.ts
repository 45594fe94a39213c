/** Layer normalisation among the steps that TensorFlow Lite has of it, as `written-layer-norm.ts` writes them. */
import type { LiteOperator } from "./model.ts";

/** No operation of TensorFlow Lite: it takes the value, the axis, what is added to the variance, gamma and beta. */
export const LAYER_NORM = "LAYER_NORM";

/** One after the other. */
const STEPS = ["MEAN", "SQUARED_DIFFERENCE", "MEAN", "ADD", "RSQRT", "SUB", "MUL", "MUL", "ADD"];

/** The operators, with one in the place of each row of steps that is a layer normalisation. */
export function joinLayerNorms(operators: readonly LiteOperator[]): LiteOperator[] {
  const joined: LiteOperator[] = [];
  for (let at = 0; at < operators.length; at++) {
    const found = layerNormAt(operators, at);
    const operator = found ?? operators[at];
    if (operator) joined.push(operator);
    if (found) at += STEPS.length - 1;
  }
  return joined;
}

function layerNormAt(operators: readonly LiteOperator[], start: number): LiteOperator | null {
  const steps = operators.slice(start, start + STEPS.length);
  if (`${steps.map(({ op }) => op)}` !== `${STEPS}`) return null;
  const [mean, squares, variance, above, inverse, centred, even, scaled, moved] = steps;
  if (!(mean && squares && variance && above && inverse && centred && even && scaled && moved)) return null;
  const [value = -1, axis = -1] = mean.inputs;
  const [, epsilon = -1] = above.inputs;
  const [, gamma = -1] = scaled.inputs;
  const [, beta = -1] = moved.inputs;
  const wanted = [
    ...[value, axis, value, mean.output, squares.output, axis, variance.output, epsilon, above.output],
    ...[value, mean.output, centred.output, inverse.output, even.output, gamma, scaled.output, beta],
  ];
  if (`${steps.flatMap(({ inputs }) => inputs)}` !== `${wanted}`) return null;
  return isPlain(steps)
    ? { op: LAYER_NORM, inputs: [value, axis, epsilon, gamma, beta], output: moved.output, options: null }
    : null;
}

/** Whether means keep their axis, and no step has an activation of its own. */
function isPlain(steps: readonly LiteOperator[]): boolean {
  return steps.every(({ op, options }) => {
    const first = options?.i8(0) ?? 0;
    if (op === "MEAN") return first === 1;
    return op === "RSQRT" || op === "SQUARED_DIFFERENCE" || first === 0;
  });
}
