/**
 * Shows that zips past 4 GiB are written and read back in Chromium: 70 files of 64 MiB, on disk (OPFS) and as a blob of
 * blobs. It is not a test because it takes two minutes and 5 GB of disk. `node scripts/large-files.mjs`
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { build } from "vite";
import { findChromium } from "./chromium.mjs";
import { ROOT } from "./install.mjs";

const folder = await mkdtemp(join(tmpdir(), "headstart-large-"));
await build({
  ...{ root: ROOT, configFile: false, publicDir: false, logLevel: "warn" },
  build: {
    outDir: join(folder, "out"),
    lib: { entry: join(ROOT, "tests/browser/download-worker.ts"), formats: ["es"], fileName: "worker" },
  },
});
const code = await readFile(join(folder, "out/worker.js"));
const server = createServer(({ url }, response) => {
  const isWorker = url === "/worker.js";
  response.setHeader("Content-Type", isWorker ? "text/javascript" : "text/html");
  response.end(isWorker ? code : "<!doctype html>");
}).listen(0, "127.0.0.1");

for (const withoutFolder of [false, true]) {
  const profile = join(folder, `profile-${withoutFolder}`);
  // A private window keeps such files in memory; only a profile has a disk.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? undefined,
    args: ["--no-sandbox"],
  });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const started = Date.now();
  const task = { files: 70, bytesEach: 64 * 2 ** 20, abortAfter: null, withoutFolder };
  const answer = await page.evaluate(run, task);
  const right = answer.error === null && answer.sizes.length === 70 && answer.last === 69;
  console.log(
    `${withoutFolder ? "Blob of blobs" : "OPFS"}: ${answer.size} bytes ${right ? "written and read back" : `WRONG: ${answer.error}`}`,
    `in ${Math.round((Date.now() - started) / 1000)} s`,
  );
  if (!right) process.exitCode = 1;
  await context.close();
}
server.close();
await rm(folder, { recursive: true, force: true });

/** In the page. */
function run(task) {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/worker.js", { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(task);
  });
}
