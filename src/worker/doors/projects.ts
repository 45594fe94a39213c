import { collectGarbage } from "../../storage/collect.ts";
import { changeSummary, copyProject, createProject, listProjects, purgeProject } from "../../storage/projects.ts";
import type { ProjectsDoor } from "../protocol/projects.ts";
import type { Rooms } from "../rooms.ts";

export function createProjectsDoor({ database, project, inUse, tables, held, quick }: Rooms): ProjectsDoor {
  const open = async (id: string) => {
    const { state, runs, inUse: kept } = await project.open(id);
    return { state, runs, classifier: inUse.restore(runs, kept) };
  };
  return {
    listProjects: async () => listProjects(await database()),
    createProject: async (state) => createProject(await database(), state),
    async openProject(id) {
      tables.release();
      held.clear();
      quick.forget();
      return open(id);
    },
    async resumeProject(id) {
      await open(id);
    },
    saveProject: (id, change) => project.save(id, change),
    copyProject: async (id, name) => copyProject(await database(), id, name),
    changeProject: async (id, change) => changeSummary(await database(), id, change),
    purgeProject: async (id) => purgeProject(await database(), id),
    async collectGarbage() {
      tables.release();
      await collectGarbage(await database());
    },
  };
}
