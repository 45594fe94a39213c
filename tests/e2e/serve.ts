/** Builds the app once and serves it to the end-to-end tests, from a sub-path as a file host might. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin, preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    appUrl: string;
  }
}

interface ServedApp {
  readonly url: string;
  close(): Promise<void>;
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const { url, close } = await serveApp();
  project.provide("appUrl", url);
  return close;
}

/** @param plugins of Vite, besides the app's own */
export async function serveApp(plugins: Plugin[] = []): Promise<ServedApp> {
  const root = await mkdtemp(join(tmpdir(), "headstart-e2e-"));
  const outDir = join(root, "some/path");
  // Vitest's own value would build React for development.
  process.env.NODE_ENV = "production";
  await build({ plugins, build: { outDir, emptyOutDir: true }, logLevel: "warn" });
  const server = await preview({ build: { outDir: root }, preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("The preview server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/some/path/`,
    async close() {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
