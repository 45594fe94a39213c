/** Everything the page can ask for: one factory per subject. */
import { removeOldDownloads } from "../storage/downloads.ts";
import { createBaseModelsDoor } from "./doors/base-models.ts";
import { createBatchDoor } from "./doors/batch.ts";
import { createEngineDoor } from "./doors/engine.ts";
import { createExplainDoor } from "./doors/explain.ts";
import { createFilesDoor } from "./doors/files.ts";
import { createPhotosDoor } from "./doors/photos.ts";
import { createProjectsDoor } from "./doors/projects.ts";
import { createQuickDoor } from "./doors/quick.ts";
import { createRunsDoor } from "./doors/runs.ts";
import { createUseDoor } from "./doors/use.ts";
import type { Headstart } from "./protocol/index.ts";
import { openRooms } from "./rooms.ts";

export function createHeadstart(): Headstart {
  const rooms = openRooms();
  // They only take room; the next start tries again.
  removeOldDownloads(Date.now()).catch(() => undefined);
  return {
    ...createEngineDoor(rooms),
    ...createProjectsDoor(rooms),
    ...createPhotosDoor(rooms),
    ...createBaseModelsDoor(rooms),
    ...createQuickDoor(rooms),
    ...createRunsDoor(rooms),
    ...createUseDoor(rooms),
    ...createBatchDoor(rooms),
    ...createExplainDoor(rooms),
    ...createFilesDoor(rooms),
  };
}
