/** Everything that the engine can be asked for: one factory per subject. */
import { createBaseModelsDoor } from "./doors/base-models.ts";
import { createBatchDoor } from "./doors/batch.ts";
import { createEngineDoor } from "./doors/engine.ts";
import { createExplainDoor } from "./doors/explain.ts";
import { createFilesDoor } from "./doors/files.ts";
import { createPhotosDoor } from "./doors/photos.ts";
import { createHoldingDoor } from "./doors/projects.ts";
import { createQuickDoor } from "./doors/quick.ts";
import { createRunsDoor } from "./doors/runs.ts";
import { createTuningDoor } from "./doors/tuning.ts";
import { createUseDoor } from "./doors/use.ts";
import type { Engine } from "./protocol/workers.ts";
import { openRooms } from "./rooms.ts";

export function createEngine(): Engine {
  const rooms = openRooms();
  return {
    ...createEngineDoor(rooms),
    ...createHoldingDoor(rooms),
    ...createPhotosDoor(rooms),
    ...createBaseModelsDoor(rooms),
    ...createQuickDoor(rooms),
    ...createRunsDoor(rooms),
    ...createTuningDoor(rooms),
    ...createUseDoor(rooms),
    ...createBatchDoor(rooms),
    ...createExplainDoor(rooms),
    ...createFilesDoor(rooms),
  };
}
