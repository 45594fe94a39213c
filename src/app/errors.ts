import { CodedError, faultOf } from "../errors/coded-error.ts";
import type { Request, Task } from "./store/job-rules.ts";

/** What the page itself refuses. */
export type PageFault =
  | { readonly code: "job/refused"; readonly request: Request; readonly because: Task }
  | { readonly code: "project/open-elsewhere"; readonly name: string }
  | { readonly code: "base-model/not-here"; readonly name: string }
  | { readonly code: "base-model/not-chosen" }
  /** The project's choice is a base model that this browser does not have and the catalogue does not offer. */
  | { readonly code: "base-model/missing" }
  /** The browser has no decoder for it, or it is damaged. */
  | { readonly code: "video/unplayable"; readonly file: string }
  /** A film of sound alone. */
  | { readonly code: "video/no-picture"; readonly file: string }
  | { readonly code: "video/too-slow"; readonly file: string }
  /** What a run was made of, so that it can be repeated or trained further, is not all there. */
  | { readonly code: "run/photos-not-kept" }
  | { readonly code: "run/photos-gone"; readonly photos: number }
  | { readonly code: "run/base-gone"; readonly name: string }
  /** Backends by their ids. */
  | { readonly code: "run/other-backend"; readonly backend: string; readonly now: string }
  | { readonly code: "run/other-classes" }
  /** The worker died so often in a row. */
  | { readonly code: "training/given-up"; readonly deaths: number };

export class PageError extends CodedError<PageFault> {
  override readonly name = "PageError";
}

const GONE: ReadonlySet<string> = new Set(["worker/ended", "worker/silent", "storing/ended", "engine/lost"]);

/** Whether the call failed because the worker ended, with or without its GPU; the next call goes to a new one. */
export function isWorkerGone(error: unknown): boolean {
  const code = faultOf(error)?.code;
  return code !== undefined && GONE.has(code);
}
