import { CodedError } from "../../errors/coded-error.ts";

/** Why photos cannot be trained on. */
export type TrainingFault = { readonly code: "training/unknown-class"; readonly file: string };

export class TrainingError extends CodedError<TrainingFault> {
  override readonly name = "TrainingError";
}
