/** Quick guesses while photos are being collected. They are never the trained, tested classifier, and are not kept. */
import type { ClassId, PhotoId } from "../../dataset/dataset.ts";
import { predictedClass } from "../../evaluation/confusion.ts";
import type { QuickAnswer } from "../../worker/protocol/index.ts";
import { BESIDE_QUICK } from "./job-rules.ts";
import type { State } from "./store.ts";

export interface QuickSlice {
  /** What there is to answer with; null while there is nothing. */
  readonly quick: Quick | null;
  /** Whether photos are being embedded for it. */
  readonly learningQuickly: boolean;
}

export interface Quick {
  /** Another number whenever the answers may be others. */
  readonly version: number;
  /** What it says of the photo added last. */
  readonly newest: { readonly photo: PhotoId; readonly answer: QuickAnswer } | null;
}

export function createQuickSlice(): QuickSlice {
  return {
    quick: null,
    learningQuickly: false,
  };
}

/** Whether quick guesses may use the engine: not where photos are not prepared ahead, nor beside work that needs it. */
export function mayGuess({ preparesAhead, engine, switchingBackend, jobs }: State): boolean {
  return preparesAhead && engine !== null && !switchingBackend && jobs.every(({ task }) => BESIDE_QUICK.includes(task));
}

/** What there is to answer with, as long as it may be used. */
export function quickNow(state: State): Quick | null {
  return mayGuess(state) ? state.quick : null;
}

/** The class that it is surest of. @param probability 0..1 */
export function bestOf({ classIds, probabilities }: QuickAnswer): { classId: ClassId; probability: number } {
  const best = predictedClass(probabilities);
  return { classId: classIds[best] ?? "", probability: probabilities[best] ?? 0 };
}
