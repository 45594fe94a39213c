import { CodedError } from "../errors/coded-error.ts";

/** Why the app does not open without its host. */
export type OfflineFault =
  | { readonly code: "offline/not-offered" }
  | { readonly code: "offline/not-started"; readonly reason: string }
  | { readonly code: "offline/not-kept"; readonly reason: string };

export class OfflineError extends CodedError<OfflineFault> {
  override readonly name = "OfflineError";
}
