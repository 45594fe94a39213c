import { getInUse } from "../../storage/in-use.ts";
import { listRuns } from "../../storage/runs.ts";
import type { HoldingDoor } from "../protocol/projects.ts";
import type { Rooms } from "../rooms.ts";

export function createHoldingDoor({ database, project, inUse, tables, held, quick }: Rooms): HoldingDoor {
  return {
    async holdProject(opened) {
      tables.release();
      held.clear();
      quick.forget();
      project.hold(opened);
      inUse.restore(async () => ({
        runs: await listRuns(await database(), opened.id),
        inUse: await getInUse(await database(), opened.id),
      }));
    },
  };
}
