/** The words of the page. A language is a catalogue of the type `Words`; English is the first. */
import { english } from "./en/index.ts";
import { describeFault } from "./faults.ts";

/** What a catalogue holds: sentences, and functions that make one of values. A missing key or value does not compile. */
export type Words = typeof english;

export const words: Words = english;

/** What went wrong and what to do, as a sentence. */
export function sentenceOf(error: unknown): string {
  const known = describeFault(words.faults, error);
  return known ?? words.shared.unknownError(error instanceof Error ? error.message : String(error));
}
