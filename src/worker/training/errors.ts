import { CodedError } from "../../errors/coded-error.ts";

/** Why photos cannot be trained on. */
export type TrainingFault =
  | { readonly code: "training/unknown-class"; readonly file: string }
  /** Every photo is fixed to another split, or too much like one that is. */
  | { readonly code: "training/nothing-to-learn-from" };

export class TrainingError extends CodedError<TrainingFault> {
  override readonly name = "TrainingError";
}
