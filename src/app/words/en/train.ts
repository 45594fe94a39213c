/** The Train place. */
import type { EpochResult, TrainingOutcome } from "../../../training/history.ts";
import type { Progress } from "../../../training/progress.ts";
import { loss, typed } from "./language.ts";

export const train = {
  /** “Epoch 7 of 100, validation loss 0.1234, best epoch 5, patience 2 of 10” */
  progress: ({ epoch, validationLoss }: EpochResult, { bestEpoch, sinceBest, lastEpoch }: Progress, patience: number) =>
    `Epoch ${typed(epoch)} of ${typed(lastEpoch)}, validation loss ${loss(validationLoss)}, best epoch ${typed(bestEpoch)}, patience ${typed(sinceBest)} of ${typed(patience)}`,

  /** Why training stopped, and what was kept. */
  outcome({ reason, epochs, bestEpoch }: Omit<TrainingOutcome, "history">, patience: number): string {
    const kept = `kept epoch ${typed(bestEpoch)}`;
    switch (reason) {
      case "early":
        return `Stopped early at epoch ${typed(epochs)}: no improvement for ${typed(patience)} epochs; ${kept}`;
      case "finished":
        return `Finished ${typed(epochs)} epochs; ${kept}`;
      case "user":
        return `Stopped by you; ${kept}`;
    }
  },

  /** In place of the charts, before the first epoch. */
  noCourse: "Loss and accuracy appear here during training.",
};
