/**
 * The one door between the page and everything that computes, as the sum of one interface per subject.
 *
 * `Headstart` says what can be asked; the worker implements it and the page's client implements it too.
 * Long calls take `onEvent`, called as things happen, and an `AbortSignal`; an aborted call rejects with an `AbortError`.
 * Everything else that goes wrong rejects with a `CodedError`.
 */
import type { BaseModelsDoor } from "./base-models.ts";
import type { BatchDoor } from "./batch.ts";
import type { EngineDoor } from "./engine.ts";
import type { ExplainDoor } from "./explain.ts";
import type { FilesDoor } from "./files.ts";
import type { PhotosDoor } from "./photos.ts";
import type { ProjectsDoor } from "./projects.ts";
import type { QuickDoor } from "./quick.ts";
import type { RunsDoor } from "./runs.ts";
import type { TuningDoor } from "./tuning.ts";
import type { UseDoor } from "./use.ts";

export type * from "./base-models.ts";
export type * from "./batch.ts";
export type * from "./engine.ts";
export type * from "./explain.ts";
export type * from "./files.ts";
export type * from "./photos.ts";
export type * from "./projects.ts";
export type * from "./quick.ts";
export type * from "./runs.ts";
export type * from "./tuning.ts";
export type * from "./use.ts";

export interface Headstart
  extends EngineDoor,
    ProjectsDoor,
    PhotosDoor,
    BaseModelsDoor,
    QuickDoor,
    RunsDoor,
    TuningDoor,
    UseDoor,
    BatchDoor,
    ExplainDoor,
    FilesDoor {}
