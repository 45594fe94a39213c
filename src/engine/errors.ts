import { CodedError } from "../errors/coded-error.ts";
import type { BackendName } from "./backend.ts";

export type EngineFault =
  | { readonly code: "engine/no-backend" }
  | { readonly code: "engine/backend-not-started"; readonly backend: BackendName }
  /** The browser took the GPU away. What is on it is lost, and so is what waits for it. */
  | { readonly code: "engine/lost" }
  /** The training loss is no number any more. */
  | { readonly code: "engine/diverged"; readonly phase: "head" | "fine-tune" }
  | { readonly code: "engine/checkpoint-of-another-training" }
  | { readonly code: "engine/no-such-class"; readonly label: number; readonly classes: number }
  | { readonly code: "engine/photo-unreadable" }
  | { readonly code: "engine/head-without-softmax" }
  | { readonly code: "engine/layer-not-trainable"; readonly layer: string }
  | { readonly code: "engine/node-not-tunable"; readonly node: string; readonly op: string }
  | { readonly code: "engine/dilated-not-tunable"; readonly node: string }
  | { readonly code: "engine/multiplied-channels-not-tunable"; readonly node: string }
  | { readonly code: "engine/node-not-runnable"; readonly node: string; readonly op: string }
  | {
      readonly code: "engine/incomplete-network";
      readonly node: string;
      readonly lacks: "input" | "result" | "weights";
    }
  | { readonly code: "engine/mobilenet-not-loaded"; readonly host: string; readonly reason: string }
  | { readonly code: "engine/mobilenet-unreadable" };

/** The engine cannot do what was asked. */
export class EngineError extends CodedError<EngineFault> {
  override readonly name = "EngineError";
}
