/** Another build of the app without building it again. */
import { cp, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeServiceWorker } from "../../scripts/offline-build.ts";

const HASH = /-([\w-]{8})\.\w+$/;

/** Name of the built-in base model in the next build. */
export const NEXT_BASE = "The next base";

/** The same app with all its scripts and styles under other names, as if each had changed, and with another built-in base model. */
export async function makeNextBuild(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  const assets = join(to, "assets");
  const names = await readdir(assets);
  const hashes = names.flatMap((name) => HASH.exec(name)?.[1] ?? []);
  const renamed = (text: string) =>
    hashes.reduce((changed, hash) => changed.replaceAll(`-${hash}.`, `-${[...hash].reverse().join("")}.`), text);
  for (const path of [join(to, "index.html"), ...names.map((name) => join(assets, name))]) {
    if (/\.(html|js|css)$/.test(path)) await writeFile(path, renamed(await readFile(path, "utf8")));
  }
  for (const name of names) await rename(join(assets, name), join(assets, renamed(name)));
  const card = join(to, "models/card.json");
  await writeFile(card, JSON.stringify({ ...JSON.parse(await readFile(card, "utf8")), name: NEXT_BASE }));
  await writeServiceWorker(to);
}
