/** Web Locks, by which the tabs of this browser know of each other. The browser frees a tab's locks when the tab is gone. */
import type { ProjectId } from "../../project/project.ts";

const TAB = "headstart-tab";
/** A page that is being reloaded holds its locks a moment longer. */
const PATIENCE_MS = 1000;

/** Says that this tab is open for as long as it is. First runs `whenAlone` if no other tab is. */
export async function enter(whenAlone: () => Promise<void>): Promise<void> {
  await navigator.locks.request(TAB, { ifAvailable: true }, async (lock) => {
    if (lock) await whenAlone();
  });
  await new Promise<void>((resolve) => {
    void navigator.locks.request(TAB, { mode: "shared" }, () => {
      resolve();
      return new Promise(() => undefined);
    });
  });
}

const INTAKE = "headstart-intake";

/**
 * Says that photos come in: they are kept before the project that they go into, and nobody may think them unused meanwhile.
 * @param keep keeps the project; photos count as coming in until it has ended
 */
export function whileTakingIn<T>(work: () => Promise<T>, keep: () => Promise<unknown>): Promise<T> {
  return new Promise((resolve, reject) => {
    const take = async () => {
      await work().then(resolve, reject);
      await keep().catch(() => undefined);
    };
    navigator.locks.request(INTAKE, { mode: "shared" }, take).catch(reject);
  });
}

/** Runs work while photos come in nowhere, in no tab. */
export async function whileNothingComesIn(work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(INTAKE, work);
}

export interface Hold {
  release(): void;
}

/**
 * Holds a project, so that one tab at a time has it open.
 * @param force takes it away from the tab that holds it
 * @param onLost called when another tab takes it away
 * @returns null when another tab holds it
 */
export function holdProject(id: ProjectId, force: boolean, onLost: () => void): Promise<Hold | null> {
  return new Promise((resolve, reject) => {
    let held = false;
    const hold = () =>
      new Promise<void>((release) => {
        held = true;
        resolve({ release });
      });
    const how = force ? { steal: true } : { signal: AbortSignal.timeout(PATIENCE_MS) };
    navigator.locks.request(`headstart-project-${id}`, how, hold).catch((error: unknown) => {
      if (held) onLost();
      else if (error instanceof DOMException && error.name === "TimeoutError") resolve(null);
      else reject(error);
    });
  });
}
