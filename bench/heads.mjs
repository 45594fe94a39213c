/**
 * `npm run bench:heads`: how good heads get on the same embeddings, photos and splits: ours as it comes, Teachable Machine's
 * recipe and scikit-learn's logistic regression with C chosen by cross-validation, at 5, 20 and all training photos per class,
 * five draws each. For every folder of photos in `--photos=FOLDER` (each with `train` and `test`, and one folder per class in
 * these), with the built-in base model. `--python=python3` names a Python with numpy and scikit-learn. Prints one JSON line
 * for each set and number of photos: mean test accuracy, its standard error and mean log loss.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { findChromium } from "../scripts/chromium.mjs";
import { ROOT } from "../scripts/install.mjs";

const { values: options } = parseArgs({
  options: {
    photos: { type: "string", default: join(ROOT, "../shared/data") },
    model: { type: "string", default: join(ROOT, "../shared/models/tm-export-google") },
    python: { type: "string", default: "python3" },
    only: { type: "string" },
    draws: { type: "string", default: "5" },
  },
});
for (const folder of [options.photos, options.model]) {
  if (existsSync(folder)) continue;
  console.error(`There is no ${folder}. Name folders of data sets with --photos and an export with --model.`);
  process.exit(1);
}
const sets = readdirSync(options.photos).filter((name) => existsSync(join(options.photos, name, "test")));
const require = createRequire(import.meta.url);

process.env.NODE_ENV = "production";
const outDir = await mkdtemp(join(tmpdir(), "headstart-heads-"));
const site = { root: join(ROOT, "bench"), publicDir: join(ROOT, "public"), configFile: join(ROOT, "vite.config.ts") };
await build({ ...site, logLevel: "error", build: { outDir, emptyOutDir: true } });
const server = await preview({ ...site, logLevel: "warn", build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
const home = `http://127.0.0.1:${server.httpServer.address().port}`;
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-quic"] });

try {
  const page = await browser.newPage({ bypassCSP: true });
  page.setDefaultTimeout(0);
  page.on("pageerror", (error) => console.error(String(error)));
  await page.route(`${home}/given/**`, (route) =>
    route.fulfill({ path: decodeURIComponent(new URL(route.request().url()).pathname.slice("/given".length)) }),
  );
  const given = (path) => `${home}/given${encodeURI(path)}`;
  await page.goto(home);
  await page.addScriptTag({ path: require.resolve("@teachablemachine/image/dist/teachablemachine-image.min.js") });
  const call = (name, ...args) =>
    page.evaluate(([name, args]) => globalThis.bench[name](...args), /** @type {const} */ ([name, args]));
  await call(
    "start",
    "wasm",
    readdirSync(options.model).map((file) => given(join(options.model, file))),
  );
  for (const set of sets.filter((name) => !options.only || options.only.split(",").includes(name))) {
    const urlsIn = (part) =>
      readdirSync(join(options.photos, set, part))
        .sort()
        .flatMap((name, label) =>
          readdirSync(join(options.photos, set, part, name))
            .sort()
            .map((file) => ({ label, url: given(join(options.photos, set, part, name, file)) })),
        );
    const train = await call("embedAll", urlsIn("train"));
    const test = await call("embedAll", urlsIn("test"));
    for (const perClass of [5, 20, null]) {
      const draws = [];
      for (let draw = 1; draw <= Number(options.draws); draw++) {
        const { chosen, ...found } = await call("compareHeads", { train, test, perClass, draw });
        draws.push({ ...found, sklearn: await byScikitLearn(train, test, chosen) });
      }
      console.log(JSON.stringify({ set, perClass: perClass ?? "all", ...summary(draws) }));
    }
  }
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}

async function byScikitLearn(train, test, chosen) {
  const file = join(outDir, "embeddings.json");
  const some = { rows: chosen.map((at) => train.rows[at]), labels: chosen.map((at) => train.labels[at]) };
  await writeFile(file, JSON.stringify({ train: some, test }));
  return JSON.parse(execFileSync(options.python, [join(ROOT, "bench/heads.py"), file], { encoding: "utf8" }));
}

function summary(draws) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rounded = (value) => Number(value.toFixed(4));
  return Object.fromEntries(
    ["ours", "peer", "sklearn"].map((who) => {
      const accuracies = draws.map((draw) => draw[who].accuracy);
      const centre = mean(accuracies);
      const variance = mean(accuracies.map((value) => (value - centre) ** 2));
      const error = Math.sqrt(variance / Math.max(1, draws.length - 1));
      const loss = mean(draws.map((draw) => draw[who].loss));
      return [who, { accuracy: rounded(centre), error: rounded(error), loss: rounded(loss) }];
    }),
  );
}
