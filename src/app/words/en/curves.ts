/** What the curves of a training mean, in one or two sentences. */
import type { CurveMeaning, EasierReason } from "../../../training/curve-meaning.ts";
import { count } from "./language.ts";

const EASIER: Readonly<Record<EasierReason, string>> = {
  augmentation: "The likely reason is augmentation, which makes the training photos harder.",
  dropout: "The likely reason is dropout, which makes training harder.",
  "few-photos": "The likely reason is chance: there are few validation photos.",
  alike: "The likely reason is that they are easier, or much like photos that were learned from.",
};

export function curveMeaning(found: CurveMeaning): string {
  switch (found.meaning) {
    case "rate-too-high": {
      const rate = found.tuning ? "fine-tuning learning rate" : "learning rate";
      return `The training loss jumps up and down instead of falling. The ${rate} is too high: try a third of it.`;
    }
    case "nothing-learned":
      return found.solved
        ? "The training loss is still that of a guess. Check the labels, or try a better base model."
        : "The training loss is still that of a guess. Check the labels, or try a better base model or a higher learning rate.";
    case "still-improving":
      return "The validation loss was still falling at the end. More epochs would probably help.";
    case "overfitting":
      return `Overfitting since epoch ${count(found.since)}, which was kept: from there on the validation loss rose while the training loss fell. More photos that differ from each other help most.`;
    case "validation-easier":
      return `The validation photos come out better than the training photos. ${EASIER[found.reason]}`;
    case "settled":
      return "Both losses fell until they no longer changed much. More epochs would not help.";
  }
}
