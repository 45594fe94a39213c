import type { IncomingFile, ReadingChoice, ReadingQuestion, Unpacking } from "../../worker/protocol/index.ts";
import type { SliceContext } from "./store.ts";

export interface ReadingsSlice {
  /** What a person is asked about files that can be read in several ways; null when there is nothing to ask. */
  readonly readingQuestion: ReadingQuestion | null;
  /** @param offer place of the reading that is taken, 0 being the first; null takes none and adds nothing */
  answerReading(offer: number | null): void;
  /**
   * Looks how files can be read and asks, one question after the other, what only a person can say.
   * @param choice what is known before
   * @throws an `AbortError` when the person takes none of the readings, or the signal aborts
   */
  chooseReadings(
    files: readonly IncomingFile[],
    choice: ReadingChoice,
    onEvent: (unpacking: Unpacking) => void,
    signal: AbortSignal,
  ): Promise<ReadingChoice>;
}

export function createReadingsSlice({ set, get, headstart }: SliceContext): ReadingsSlice {
  let answer: (offer: number | null) => void = () => undefined;
  const ask = (question: ReadingQuestion, signal: AbortSignal): Promise<number | null> =>
    new Promise((resolve) => {
      answer = resolve;
      signal.addEventListener("abort", () => get().answerReading(null), { once: true });
      set({ readingQuestion: question });
    });
  return {
    readingQuestion: null,
    answerReading(offer) {
      set({ readingQuestion: null });
      answer(offer);
    },
    async chooseReadings(files, choice, onEvent, signal) {
      const chosen: Record<string, number> = {};
      for (const question of await headstart.questionsOn(files, choice, onEvent, signal)) {
        signal.throwIfAborted();
        const offer = await ask(question, signal);
        if (offer === null) throw new DOMException("Cancelled", "AbortError");
        chosen[question.key] = offer;
      }
      return { ...choice, chosen };
    },
  };
}
