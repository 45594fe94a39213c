import type { Classifier } from "../../network/model.ts";
import type { EmbeddingTools } from "../embedding-work.ts";
import type { TrainEvent, TrainRequest } from "../protocol/index.ts";

/** What a training works on and with. */
export interface TrainingJob extends EmbeddingTools {
  readonly request: TrainRequest;
  /** The classifier that it begins with; null for a new head. */
  readonly start: Classifier | null;
  /** That it runs on. */
  readonly backend: string;
  /** On the clock of `performance.now`. */
  readonly startedAt: number;
  onEvent(event: TrainEvent): void;
  /** Asked after each epoch; true ends the fit and keeps the best so far. */
  shouldStop(): boolean;
  readonly signal: AbortSignal;
}

/** Time that went into it so far, also before it was broken off, in milliseconds. */
export function spentOn({ request, startedAt }: TrainingJob): number {
  return (request.resume?.spentMs ?? 0) + performance.now() - startedAt;
}
