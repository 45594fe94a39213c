import type { BatchNormNode } from "./network.ts";

/**
 * A node that gives value × scale + offset: a normalisation without statistics, which every format has and which becomes part
 * of the convolution before it.
 *
 * @param channels of its input
 * @param scale one for all channels, or one each
 */
export function scaleAndOffset(
  name: string,
  input: string,
  channels: number,
  scale: number | ArrayLike<number>,
  offset: number | ArrayLike<number> = 0,
): BatchNormNode {
  const each = (values: number | ArrayLike<number>) => ({
    shape: [channels],
    data: Float32Array.from({ length: channels }, (_, at) =>
      typeof values === "number" ? values : (values[at] ?? Number.NaN),
    ),
  });
  return {
    name,
    op: "FusedBatchNormV3",
    inputs: [input],
    attributes: { epsilon: 0 },
    weights: { mean: each(0), variance: each(1), gamma: each(scale), beta: each(offset) },
  };
}
