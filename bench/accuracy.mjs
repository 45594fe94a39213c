/**
 * `npm run bench:accuracy`: how good a classifier gets with the settings as they come, in real Chromium, for every folder of
 * photos in `--photos=FOLDER` (each with `train` and `test`, and one folder per class in these), with the built-in base model
 * and with those in the folders `--models=FOLDER,FOLDER`. Prints one JSON line for each.
 */
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { findChromium } from "../scripts/chromium.mjs";
import { ROOT } from "../scripts/install.mjs";

const MODELS = join(ROOT, "../shared/models");
const { values: options } = parseArgs({
  options: {
    photos: { type: "string", default: join(ROOT, "../shared/data") },
    // MobileNetV2 0.35, as Teachable Machine's exports hold it, and 1.00.
    models: { type: "string", default: `${MODELS}/tm-export-google,${MODELS}/mobilenet_v2_1.0_224_no_top` },
  },
});
if (!existsSync(options.photos)) {
  console.error(`There is no ${options.photos}. Name a folder of data sets with --photos.`);
  process.exit(1);
}
const sets = readdirSync(options.photos).filter((name) => existsSync(join(options.photos, name, "test")));
const models = ["", ...options.models.split(",").filter(existsSync)];

process.env.NODE_ENV = "production";
const outDir = await mkdtemp(join(tmpdir(), "headstart-accuracy-"));
await build({ logLevel: "error", build: { outDir, emptyOutDir: true } });
const server = await preview({ logLevel: "warn", build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-quic"] });

try {
  for (const set of sets) {
    for (const model of models) console.log(JSON.stringify(await tryOut(set, model)));
  }
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}

/** @param model the folder of a base model's files; "" for the built-in one */
async function tryOut(set, model) {
  const context = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1440, height: 900 } });
  await context.addInitScript(() => {
    localStorage.setItem("headstart.prepare-ahead", "off");
    localStorage.setItem("headstart.open-folds", "base-model");
  });
  const page = await context.newPage();
  page.setDefaultTimeout(900_000);
  try {
    await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
    await page.getByRole("button", { name: "Use sample photos" }).waitFor();
    await page.getByLabel("Add folders").setInputFiles(join(options.photos, set));
    const adding = page.getByRole("progressbar", { name: "Adding photos" });
    await adding.waitFor();
    await adding.waitFor({ state: "detached" });
    if (model) await addBaseModel(page, model);
    await place(page, "Train").click();
    const begun = performance.now();
    await page.getByRole("button", { name: "Train", exact: true }).click();
    const status = page.getByRole("status", { name: "Training status" });
    await status.filter({ hasText: /kept epoch \d+$/ }).waitFor();
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    await place(page, "Evaluate").click();
    const term = page.getByText("Test accuracy", { exact: true });
    const accuracy = await term.locator("xpath=following-sibling::dd").innerText();
    return { set, base: model ? basename(model) : "built-in", accuracy: accuracy.replaceAll("\n", " "), seconds };
  } finally {
    await context.close();
  }
}

function place(page, name) {
  return page.getByRole("navigation", { name: "Places" }).getByRole("link", { name });
}

async function addBaseModel(page, folder) {
  await place(page, "Train").click();
  await page.getByText("Use another model").click();
  await page.getByLabel("Add base model").setInputFiles(readdirSync(folder).map((file) => join(folder, file)));
  await page.getByText(/is ready and kept for offline use/).waitFor();
}
