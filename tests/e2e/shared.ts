/** Real photos and weights, which are not part of the repository. */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const SHARED = resolve(fileURLToPath(new URL("../../..", import.meta.url)), "shared");

/** Whether they are beside the checkout. Says so when they are not. */
export const hasShared = existsSync(join(SHARED, "models"));
if (!hasShared) console.warn("SKIPPED: the tests on real photos and weights need ../shared, which is not here.");

export function sharedData(...path: string[]): string {
  return join(SHARED, "data", ...path);
}

/** The files of a model's folder. */
export function sharedModel(name: string): string[] {
  const folder = join(SHARED, "models", name);
  return readdirSync(folder).map((file) => join(folder, file));
}
