/** The part of the build that lets the app be installed and open without its host: manifest, screenshots, service worker. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle, type Plugin } from "vite";
import type { Build } from "../src/offline/build.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SERVICE_WORKER = "service-worker.js";
/** What only search engines, shops and readers of the source look at. */
const NOT_KEPT = /\.map$|^(screenshots|licences)\/|(^|\/)README\.md$/;
/** Pictures of `docs` that the manifest shows. */
const SCREENSHOTS = ["train.png", "evaluate.png", "phone.png"];

export function offlineBuild(): Plugin {
  let outDir = "";
  return {
    name: "offline-build",
    apply: "build",
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    async generateBundle() {
      for (const name of SCREENSHOTS) {
        const source = await readFile(join(ROOT, "docs", name));
        this.emitFile({ type: "asset", fileName: `screenshots/${name}`, source });
      }
    },
    // Of what is written, `public` included.
    writeBundle: { order: "post", sequential: true, handler: () => writeServiceWorker(outDir) },
  };
}

/** Writes the service worker of a built app beside it; the list of the app's files becomes part of it. */
export async function writeServiceWorker(folder: string): Promise<void> {
  const build = await describeBuild(folder);
  await bundle({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: "warn",
    define: { __BUILD__: JSON.stringify(build) },
    build: {
      target: "es2022",
      outDir: folder,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(ROOT, "src/offline/service/service-worker.ts"),
        output: { format: "iife", entryFileNames: SERVICE_WORKER },
      },
    },
  });
}

/** The files of a built app that are kept for offline use, and a hash of them all. */
export async function describeBuild(folder: string): Promise<Build> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => path !== SERVICE_WORKER && !NOT_KEPT.test(path))
    .sort();
  const files = Object.fromEntries(
    await Promise.all(
      paths.map(async (path) => {
        const hash = createHash("sha256").update(await readFile(join(folder, path)));
        return [encodeURI(path), `sha256-${hash.digest("base64")}`] as const;
      }),
    ),
  );
  return { id: createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16), files };
}
