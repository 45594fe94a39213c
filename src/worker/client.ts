/** The page's side of the door: one face for the two workers behind it. */
import { StorageError } from "../storage/errors.ts";
import { connectTo } from "./connection.ts";
import type { Headstart } from "./protocol/index.ts";
import type { HeldProject } from "./protocol/projects.ts";
import type { Engine, Storing } from "./protocol/workers.ts";
import { registerTransferHandlers } from "./transfer.ts";

/** What the worker that stores answers; the engine answers everything else. */
const STORED: Readonly<Record<Exclude<keyof Storing, "openProject" | "saveProject" | "eraseEverything">, true>> = {
  ...{ listProjects: true, createProject: true, copyProject: true, changeProject: true, purgeProject: true },
  ...{ forgetProject: true, removeDownloads: true, collectGarbage: true, thumbnails: true, photo: true },
};

/** What the page is told of its engine. */
export interface EngineNews {
  /** A new one has been started in place of a dead one, and is to be brought to where that was, before it is asked anything else. */
  greet(fresh: Pick<Headstart, "chooseBackend" | "engineStatus">): Promise<void>;
  /** It no longer answers, or answers again. */
  onSilence(silent: boolean): void;
}

/** Starts the workers and gives what they can do. */
export function connect({ greet, onSilence }: Partial<EngineNews> = {}): Headstart {
  registerTransferHandlers();
  let held: HeldProject | null = null;
  let isOver = false;
  const storing = connectTo<Storing>({
    part: "storing",
    start: (name) => new Worker(new URL("./storing.ts", import.meta.url), { type: "module", name }),
    // It remembers nothing: a new one serves as well.
    onSilence: (silent) => silent && storing.end(),
  });
  const engine = connectTo<Engine>({
    part: "engine",
    start: (name) => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name }),
    async greet(fresh) {
      await greet?.(fresh);
      if (held) await fresh.holdProject(held);
    },
    ...(onSilence ? { onSilence } : {}),
  });
  const own: Pick<Headstart, "openProject" | "saveProject" | "endEngine" | "eraseEverything"> = {
    async openProject(id) {
      const { revision, ...opened } = await storing.api.openProject(id);
      held = { id, revision };
      // Before anything else that it will be asked; nobody waits for an engine that is busy, dead or not there.
      engine.api.holdProject(held).catch(() => undefined);
      return opened;
    },
    async saveProject(id, change) {
      if (held?.id !== id) throw new StorageError({ code: "project/taken", by: held ? "another-project" : "nobody" });
      await storing.api.saveProject(held, change);
    },
    async endEngine() {
      engine.end();
    },
    async eraseEverything() {
      // Whoever asks for anything from now on would make anew what is being removed.
      isOver = true;
      engine.end();
      return storing.api.eraseEverything();
    },
  };
  return new Proxy({} as Headstart, {
    get(_, method: string) {
      if (isOver) return () => new Promise(() => undefined);
      if (method in own) return Reflect.get(own, method);
      return Reflect.get(method in STORED ? storing.api : engine.api, method);
    },
  });
}
