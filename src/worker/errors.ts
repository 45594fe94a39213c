import { CodedError } from "../errors/coded-error.ts";

/** What cannot be done behind the door. */
export type DoorFault =
  /** Nothing was trained or opened yet. */
  | { readonly code: "classifier/none" }
  /** A saved model is no longer kept. */
  | { readonly code: "classifier/gone" }
  | { readonly code: "run/no-classifier" }
  /** A photo has a class that is not among those that are trained. */
  | { readonly code: "photo/not-drawn" }
  /** The worker or its device is gone. */
  | { readonly code: "worker/ended"; readonly reason: string };

export class WorkerError extends CodedError<DoorFault> {
  override readonly name = "WorkerError";
}
