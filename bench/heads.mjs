/**
 * `npm run bench:heads`: how good heads get on the same embeddings, photos and splits: ours as it comes, Teachable Machine's
 * recipe and scikit-learn's logistic regression with C chosen by cross-validation, at 5, 20 and all training photos per class,
 * five draws each. For every folder of photos in `--photos=FOLDER` (each with `train` and `test`, and one folder per class in
 * these), with the built-in base model. `--python=python3` names a Python with numpy and scikit-learn. `--embeddings=FOLDER`
 * keeps the photos' embeddings between calls. `--only=flowers,cifar10`, `--draws=5`. Prints one JSON line for each set and
 * number of photos: mean test accuracy, mean log loss and mean expected calibration error, each with its standard error.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
    embeddings: { type: "string" },
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
const kept = options.embeddings ?? join(outDir, "embeddings");
const site = { root: join(ROOT, "bench"), publicDir: join(ROOT, "public"), configFile: join(ROOT, "vite.config.ts") };
await build({ ...site, logLevel: "error", build: { outDir, emptyOutDir: true } });
await mkdir(kept, { recursive: true });
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
    const train = await embedded(set, "train");
    await call("useEmbeddings", { train, test: await embedded(set, "test") });
    for (const perClass of [5, 20, null]) {
      const draws = [];
      for (let draw = 1; draw <= Number(options.draws); draw++) {
        draws.push(await call("compareHeads", { perClass, draw }));
      }
      const sklearn = await byScikitLearn(set, draws);
      for (const [at, draw] of draws.entries()) draw.sklearn = await call("scoreOf", sklearn[at]);
      console.log(JSON.stringify({ set, perClass: perClass ?? "all", ...summary(draws) }));
    }
  }

  async function embedded(set, part) {
    const file = join(kept, `${set}-${part}`);
    if (!existsSync(`${file}.json`)) {
      const folder = join(options.photos, set, part);
      const urls = readdirSync(folder)
        .sort()
        .flatMap((name, label) =>
          readdirSync(join(folder, name))
            .sort()
            .map((photo) => ({ label, url: given(join(folder, name, photo)) })),
        );
      const { rows, labels } = await call("embedAll", urls);
      await writeFile(`${file}.f32`, Float32Array.from(rows.flat()));
      await writeFile(`${file}.json`, JSON.stringify({ labels }));
    }
    const { labels } = JSON.parse(await readFile(`${file}.json`, "utf8"));
    return { labels, values: (await readFile(`${file}.f32`)).toString("base64") };
  }
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}

/** Probabilities of the test photos, for each draw. */
async function byScikitLearn(set, draws) {
  const file = join(outDir, "draws.json");
  await writeFile(file, JSON.stringify(draws.map(({ chosen }) => chosen)));
  const found = execFileSync(options.python, [join(ROOT, "bench/heads.py"), join(kept, set), file], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(found);
}

function summary(draws) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rounded = (value) => Number(value.toFixed(4));
  const withError = (values) => {
    const centre = mean(values);
    const variance = mean(values.map((value) => (value - centre) ** 2));
    return [rounded(centre), rounded(Math.sqrt(variance / Math.max(1, values.length - 1)))];
  };
  const figures = ["accuracy", "loss", "calibrationError"];
  return Object.fromEntries(
    ["ours", "peer", "sklearn"].map((who) => [
      who,
      Object.fromEntries(figures.map((figure) => [figure, withError(draws.map((draw) => draw[who][figure]))])),
    ]),
  );
}
