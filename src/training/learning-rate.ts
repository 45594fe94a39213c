import type { TrainingSettings } from "./settings.ts";

/**
 * The learning rate of a step.
 *
 * `constant`: the one that was set. `cosine`: falls to 0 along half a cosine (Loshchilov & Hutter 2017, equation 5,
 * without restarts). `step`: a tenth after half of the way and a hundredth after three quarters (He et al. 2016, 4.2).
 *
 * @param progress share of all steps that are done, 0..1
 */
export function learningRateAt(
  { learningRate, schedule }: Pick<TrainingSettings, "learningRate" | "schedule">,
  progress: number,
): number {
  switch (schedule) {
    case "constant":
      return learningRate;
    case "cosine":
      return (learningRate * (1 + Math.cos(Math.PI * progress))) / 2;
    case "step":
      return learningRate * (progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01);
  }
}
