/** Builds the app once and serves it to the end-to-end tests, from a sub-path as a file host might. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin, preview } from "vite";
import type { TestProject } from "vitest/node";
import { writeServiceWorker } from "../../scripts/offline-build.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The app with its built-in base model at a small input size: for what does not hang on how well it learns. */
    appUrl: string;
    /** Where its files are. */
    appFolder: string;
    /** With a smaller one still, for GPUs imitated in software. */
    tinyUrl: string;
    /** The app as people get it. */
    shippedUrl: string;
  }
}

interface ServedApp {
  readonly url: string;
  /** Where the files of `url` are. */
  readonly folder: string;
  readonly tinyUrl: string;
  readonly shippedUrl: string;
  close(): Promise<void>;
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const { url, folder, tinyUrl, shippedUrl, close } = await serveApp();
  project.provide("appUrl", url);
  project.provide("appFolder", folder);
  project.provide("tinyUrl", tinyUrl);
  project.provide("shippedUrl", shippedUrl);
  return close;
}

/** @param plugins of Vite, besides the app's own */
export async function serveApp(plugins: Plugin[] = []): Promise<ServedApp> {
  const root = await mkdtemp(join(tmpdir(), "headstart-e2e-"));
  const outDir = join(root, "some/path/shipped");
  // Vitest's own value would build React for development.
  process.env.NODE_ENV = "production";
  await build({ plugins, build: { outDir, emptyOutDir: true }, logLevel: "warn" });
  const folder = await copyWithSmallInput(outDir, join(root, "some/path/quick"), 64);
  // For GPUs imitated in software.
  await copyWithSmallInput(outDir, join(root, "some/path/tiny"), process.env.VITE_THOROUGH === "1" ? 64 : 32);
  const server = await preview({ build: { outDir: root }, preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("The preview server has no port");
  const home = `http://127.0.0.1:${address.port}/some/path`;
  return {
    url: `${home}/quick/`,
    folder,
    tinyUrl: `${home}/tiny/`,
    shippedUrl: `${home}/shipped/`,
    async close() {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** At 64 pixels a photo takes a twelfth of the work that it takes at 224. Gives the folder of the copy. */
async function copyWithSmallInput(built: string, folder: string, side: number): Promise<string> {
  await cp(built, folder, { recursive: true });
  const modelPath = join(folder, "models/model.json");
  const model = await readFile(modelPath, "utf8");
  const small = model.replace('"batch_input_shape":[null,224,224,3]', `"batch_input_shape":[null,${side},${side},3]`);
  if (small === model) throw new Error("The built-in base model does not say its input size where it should.");
  await writeFile(modelPath, small);
  await writeServiceWorker(folder);
  return folder;
}
