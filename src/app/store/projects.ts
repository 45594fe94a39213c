import { tidyName } from "../../dataset/names.ts";
import type { ProjectId, ProjectSummary } from "../../project/project.ts";
import { PageError } from "../errors.ts";
import { words } from "../words/words.ts";
import { freeName } from "./free-name.ts";
import { isUntouched } from "./held-project.ts";
import { holdProject, whileNothingComesIn } from "./locks.ts";
import type { SliceContext } from "./store.ts";

export interface ProjectsSlice {
  /** As listed last, the open one too, without deleted ones. */
  readonly projects: readonly ProjectSummary[];
  /** Those that can still be restored. */
  readonly deletedProjects: readonly ProjectSummary[];
  /** Whether their list is open. */
  readonly projectsShown: boolean;
  showProjects(shown: boolean): void;
  loadProjects(): Promise<void>;
  renameProject(id: ProjectId, name: string): Promise<void>;
  copyProject(id: ProjectId): Promise<void>;
  /** With a message that offers to take it back. */
  deleteProject(id: ProjectId): Promise<void>;
  restoreProject(id: ProjectId, open: boolean): Promise<void>;
  /** Deletes a deleted project for good, at once; it waits until photos come in nowhere. */
  forgetProject(id: ProjectId): Promise<void>;
}

export function createProjectsSlice({ set, get, headstart }: SliceContext): ProjectsSlice {
  const load = async () => {
    await get().keepProject();
    const all = await headstart.listProjects();
    set({
      projects: all.filter(({ deletedAt }) => !deletedAt),
      deletedProjects: all.filter(({ deletedAt }) => deletedAt),
    });
  };
  const nameOf = (id: ProjectId) => get().projects.find((each) => each.id === id)?.name ?? "";
  /** Changes a project that is not open here. */
  const change = async (id: ProjectId, changes: Partial<Pick<ProjectSummary, "name" | "deletedAt">>) => {
    const hold = await holdProject(id, false, () => undefined);
    if (!hold) throw new PageError({ code: "project/open-elsewhere", name: nameOf(id) });
    try {
      await headstart.changeProject(id, changes);
    } finally {
      hold.release();
    }
  };

  return {
    projects: [],
    deletedProjects: [],
    projectsShown: false,
    showProjects: (shown) => set({ projectsShown: shown }),
    async loadProjects() {
      await get().attempt(load);
    },
    async renameProject(id, name) {
      const chosen = tidyName(name);
      if (!chosen) return;
      await get().attempt(async () => {
        if (id === get().projectId) set({ projectName: chosen });
        else await change(id, { name: chosen });
        await load();
      });
    },
    async copyProject(id) {
      await get().attempt(async () => {
        await get().keepProject();
        const name = freeName(
          words.store.copyOf(nameOf(id)),
          get().projects.map((each) => each.name),
        );
        await headstart.copyProject(id, name);
        await load();
      });
    },
    async deleteProject(id) {
      await get().attempt(async () => {
        const name = nameOf(id);
        const isOpen = id === get().projectId;
        if (isOpen) {
          get().refuseDuringJobs("switch");
          if (isUntouched(get())) return get().notify("news", words.store.nothingToDelete);
          const next = get().projects.find((each) => each.id !== id);
          await get().keepProject();
          await (next ? get().openProject(next.id) : get().startFresh());
          if (get().projectId === id) return;
        }
        await change(id, { deletedAt: new Date().toISOString() });
        await load();
        get().notify("news", words.store.deleted(name), [], {
          label: words.store.bringBack,
          run: () => void get().restoreProject(id, isOpen),
        });
      });
    },
    async forgetProject(id) {
      await get().attempt(async () => {
        const name = get().deletedProjects.find((each) => each.id === id)?.name ?? "";
        // Nobody can bring it back any more.
        for (const notice of get().notices) if (notice.text === words.store.deleted(name)) get().dismiss(notice.id);
        await whileNothingComesIn(() => headstart.forgetProject(id));
        await load();
        await get().measureSpace();
        get().notify("news", words.erasing.forgotten(name));
      });
    },
    async restoreProject(id, open) {
      await get().attempt(async () => {
        await headstart.changeProject(id, { deletedAt: null });
        await load();
        if (open) await get().openProject(id);
      });
    },
  };
}
