import { learningRateAt } from "./learning-rate.ts";
import { isSolved, type TrainingSettings } from "./settings.ts";

/**
 * The learning rate that an epoch begins with.
 * @param epoch 1-based
 * @param headEpochs the last epoch of the head alone, where fine-tuning followed; undefined where it did not
 * @returns null where the head was solved, which has no learning rate
 */
export function rateOfEpoch(settings: TrainingSettings, epoch: number, headEpochs?: number): number | null {
  const isOfHead = headEpochs === undefined || epoch <= headEpochs;
  if (isOfHead && isSolved(settings)) return null;
  if (isOfHead) return learningRateAt(settings, (epoch - 1) / settings.epochs);
  const { fineTuneLearningRate, fineTuneEpochs, schedule } = settings;
  return learningRateAt({ learningRate: fineTuneLearningRate, schedule }, (epoch - headEpochs - 1) / fineTuneEpochs);
}
