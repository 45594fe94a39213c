/** Guesses while photos are being collected, before anything is trained. */
import { percent } from "./language.ts";

export const quick = {
  /** Accessible name of the guess. */
  label: "Quick guess",
  /** “Cats 93.1%, not tested” */
  guess: ({ className, probability }: { className: string; probability: number }) =>
    `${className} ${percent(probability)}, not tested`,
  /** Above bars for the classes. */
  bars: "Quick guess, not tested",
  /** In their place, before there is one. */
  when: "A quick guess shows here once two classes have three photos each.",
  newest: "Quick guess for the last photo",
};
