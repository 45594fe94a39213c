import type { UsualFeeding } from "../../network/feedings.ts";
import type { ProjectId } from "../../project/project.ts";
import type { BaseModelEntry, DownloadProgress, DownloadSource, IncomingFile } from "../../worker/protocol/index.ts";
import { PageError } from "../errors.ts";
import type { Place } from "../places.ts";
import { words } from "../words/words.ts";
import type { SliceContext, State } from "./store.ts";

export interface BaseModelsSlice {
  readonly baseModels: readonly BaseModelEntry[];
  /** Id of the entry chosen; null until the list is there. */
  readonly baseModelId: string | null;
  loadBaseModels(): Promise<void>;
  /**
   * The chosen base model, whose weights are on this machine; waits for the list, if that is not there yet.
   * @throws PageError when it is not here, or none is chosen
   */
  readyBaseModel(): Promise<BaseModelEntry>;
  /** @throws PageError as `readyBaseModel` will, if that can be told by now */
  refuseWithoutBaseModel(): void;
  chooseBaseModel(id: string): void;
  addBaseModel(files: readonly IncomingFile[]): Promise<void>;
  downloadBaseModel(source: DownloadSource): Promise<void>;
  /** Chooses the same weights with pixels fed otherwise. */
  refeedBaseModel(id: string, feeding: UsualFeeding): Promise<void>;
  /** With a message that offers to take it back. */
  deleteBaseModel(id: string): Promise<void>;
  /** Readies the chosen base model in the background; see `BaseModelsDoor.warmUpBaseModel`. */
  warmUpBaseModel(): void;
}

export function createBaseModelsSlice({ set, get, headstart }: SliceContext): BaseModelsSlice {
  /** At its own input size. */
  const choose = (id: string) => {
    get().clearBeside("base-model", "train");
    set(({ settings }) => ({ baseModelId: id, settings: { ...settings, inputSize: null } }));
  };
  const attempt = (work: () => Promise<unknown>) => get().attempt(work, undefined, "base-model");
  /** Takes a delete back. @param chosen where it was chosen, and what took its place there; null for nowhere */
  const restore = (id: string, chosen: { project: ProjectId | null; next: string; inputSize: number | null } | null) =>
    void attempt(async () => {
      await headstart.restoreBaseModel(id);
      await get().loadBaseModels();
      // Unless another was chosen meanwhile, here or in another project.
      if (get().projectId !== chosen?.project || get().baseModelId !== chosen.next) return;
      choose(id);
      get().changeSettings({ inputSize: chosen.inputSize });
    });
  /** @param project that it was asked for in; another one keeps the base model that it has */
  const keepEntry = async (entry: BaseModelEntry, project: ProjectId | null) => {
    set({ baseModels: await headstart.listBaseModels() });
    if (get().projectId === project) {
      choose(entry.id);
      await get().keepProject();
    }
    get().tellBeside("base-model", "news", words.store.baseModelReady(entry));
  };

  return {
    baseModels: [],
    baseModelId: null,
    async loadBaseModels() {
      await get().attempt(async () => {
        const baseModels = await headstart.listBaseModels();
        // A choice that is not here stays: the Train page says so, and offers another.
        set({ baseModels, baseModelId: get().baseModelId ?? baseModels[0]?.id ?? null });
      }, get().loadBaseModels);
    },
    async readyBaseModel() {
      if (get().baseModels.length === 0) await get().loadBaseModels();
      return requireBase(get());
    },
    refuseWithoutBaseModel() {
      if (get().baseModels.length > 0) requireBase(get());
    },
    chooseBaseModel: choose,
    async addBaseModel(files) {
      const { projectId } = get();
      await attempt(() =>
        readModel(get(), "Train", files, async (tell, signal) =>
          keepEntry(await headstart.addBaseModel(files, tell, signal), projectId),
        ),
      );
    },
    async downloadBaseModel(source) {
      const id = "url" in source ? source.url : source.catalogueId;
      const subject = get().baseModels.find((entry) => entry.id === id)?.name ?? id;
      const { projectId } = get();
      await attempt(() =>
        get().runJob({ kind: "download", place: "Train", subject }, async ({ signal, tell }) => {
          const entry = await headstart.fetchBaseModel(
            source,
            ({ bytes, totalBytes }) =>
              tell({ progress: { done: bytes, total: totalBytes, unit: "bytes", secondsLeft: null } }),
            signal,
          );
          await keepEntry(entry, projectId);
        }),
      );
    },
    async refeedBaseModel(id, feeding) {
      const { projectId } = get();
      await attempt(async () => keepEntry(await headstart.refeedBaseModel(id, feeding), projectId));
    },
    async deleteBaseModel(id) {
      await attempt(async () => {
        get().refuseDuringJobs("delete-base");
        const { projectId, baseModelId, settings, baseModels } = get();
        const name = baseModels.find((each) => each.id === id)?.name ?? "";
        await headstart.deleteBaseModel(id);
        await get().loadBaseModels();
        const [first] = get().baseModels;
        const next = baseModelId === id && first ? first.id : null;
        if (next) choose(next);
        const run = () => restore(id, next ? { project: projectId, next, inputSize: settings.inputSize } : null);
        get().notify("news", words.store.deleted(name), [], { label: words.store.bringBack, run });
      });
    },
    warmUpBaseModel() {
      const { settings, engine, jobs } = get();
      const base = chosenBase(get());
      if (!base?.card || !engine || jobs.length > 0) return;
      // What goes wrong here goes wrong again, and is told, when somebody waits for it.
      headstart.warmUpBaseModel({ id: base.id, settings }).catch(() => undefined);
    },
  };
}

/** Reads model files as a job of its own, which shows how far it is and can be cancelled. */
export function readModel<T>(
  { runJob }: Pick<State, "runJob">,
  place: Place,
  files: readonly IncomingFile[],
  read: (tell: (progress: DownloadProgress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const subject = files[0]?.path.split("/").at(-1) ?? "";
  return runJob({ kind: "download", place, subject }, ({ signal, tell }) => {
    tell({ kind: "read-model" });
    return read(
      ({ bytes, totalBytes }) =>
        tell({ progress: { done: bytes, total: totalBytes, unit: "bytes", secondsLeft: null } }),
      signal,
    );
  });
}

/** The base model that a project begins with: the chosen one, or the first when that is not in this browser. */
export function baseToBeginWith(state: Pick<State, "baseModels" | "baseModelId">): string | null {
  const base = chosenBase(state) ?? state.baseModels[0];
  return base?.id ?? state.baseModelId;
}

function chosenBase({ baseModels, baseModelId }: Pick<State, "baseModels" | "baseModelId">) {
  return baseModels.find(({ id }) => id === baseModelId);
}

/** @throws PageError */
function requireBase(state: Pick<State, "baseModels" | "baseModelId">): BaseModelEntry {
  const base = chosenBase(state);
  if (!base && state.baseModelId !== null && state.baseModels.length > 0) {
    throw new PageError({ code: "base-model/missing" });
  }
  if (!base) throw new PageError({ code: "base-model/not-chosen" });
  if (!base.card) throw new PageError({ code: "base-model/not-here", name: base.name });
  return base;
}
