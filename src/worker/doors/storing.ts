import { collectGarbage } from "../../storage/collect.ts";
import { type Database, databaseOpener } from "../../storage/database.ts";
import { removeDownloads } from "../../storage/downloads.ts";
import { eraseOrigin } from "../../storage/erase.ts";
import { forgetProject } from "../../storage/forget-project.ts";
import { getInUse } from "../../storage/in-use.ts";
import { getPhoto, getThumbnails } from "../../storage/photos.ts";
import {
  changeSummary,
  copyProject,
  createProject,
  listProjects,
  openProject,
  purgeProject,
  saveProject,
} from "../../storage/projects.ts";
import { listRuns } from "../../storage/runs.ts";
import type { Storing } from "../protocol/workers.ts";
import { summaryInUse } from "../summary-in-use.ts";

/** @param database opens it, or gives it as it is open */
export function createStoring(database: () => Promise<Database> = databaseOpener()): Storing {
  const removeLeftovers = () => removeDownloads().catch(() => undefined);
  // They only take room; the next start tries again.
  void removeLeftovers();
  return {
    listProjects: async () => listProjects(await database()),
    createProject: async (state) => createProject(await database(), state),
    async openProject(id) {
      const opened = await openProject(await database(), id);
      const runs = await listRuns(await database(), id);
      return { ...opened, runs, classifier: summaryInUse(runs, await getInUse(await database(), id)) };
    },
    saveProject: async ({ id, revision }, change) => saveProject(await database(), id, revision, change),
    copyProject: async (id, name) => copyProject(await database(), id, name),
    changeProject: async (id, change) => changeSummary(await database(), id, change),
    purgeProject: async (id) => purgeProject(await database(), id),
    async forgetProject(id) {
      await forgetProject(await database(), id);
      await removeLeftovers();
    },
    removeDownloads: removeLeftovers,
    async eraseEverything() {
      (await database().catch(() => null))?.close();
      return eraseOrigin();
    },
    collectGarbage: async () => collectGarbage(await database()),
    thumbnails: async (photos) => getThumbnails(await database(), photos),
    photo: async (photo) => getPhoto(await database(), photo),
  };
}
