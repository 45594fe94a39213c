import { type Candidate, changedFrom } from "../../../training/search/candidates.ts";
import { SETTINGS, type SettingRow } from "../../../training/settings-table.ts";
import type { BaseModelEntry } from "../../../worker/protocol/index.ts";
import { changeInWords } from "../../words/settings.ts";
import { words } from "../../words/words.ts";

/** A candidate by what it changes: “Hidden layers 128, Dropout 0.3”. @param from what the search began with */
export function candidateInWords(
  from: Candidate,
  candidate: Candidate,
  baseModels: readonly Pick<BaseModelEntry, "id" | "name">[],
): string {
  const { settings, baseModelId } = candidate;
  const base = baseModels.find(({ id }) => id === baseModelId)?.name ?? words.train.tune.goneBase;
  const changes = changedFrom(from, candidate)
    .filter((name) => {
      const { shownWhen = () => true }: SettingRow = SETTINGS[name];
      // That another base model is given photos of its own size goes without saying.
      return shownWhen(settings) && name !== "inputSize";
    })
    .map((name) => changeInWords(words.settings, name, settings[name]));
  const all = baseModelId === from.baseModelId ? changes : [words.train.tune.baseModel(base), ...changes];
  return all.length ? words.settings.list(all) : words.train.tune.yours;
}
