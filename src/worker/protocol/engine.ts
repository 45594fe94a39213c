import type { BackendName, EngineStatus } from "../../engine/backend.ts";

export type { BackendName, EngineStatus } from "../../engine/backend.ts";

/** The device that runs the numbers. */
export interface EngineDoor {
  engineStatus(): Promise<EngineStatus>;
  /** `"auto"` goes back to the automatic choice. Rejects when the backend does not start; the one in use stays. */
  chooseBackend(backend: BackendName | "auto"): Promise<EngineStatus>;
  /** Ends an engine that does not answer: what was asked of it rejects, and the next call starts a new one. */
  endEngine(): Promise<void>;
}
