/**
 * `npm run bench`: Headstart beside Teachable Machine's own library, in one page of real Chromium, on the same TensorFlow.js,
 * backend, photos and base model. Prints one JSON line per figure; `ratio` is the peer's time over ours.
 *
 * Needs real photos and a Teachable Machine export: `--photos=FOLDER` with one folder per class, `--test=FOLDER` with others
 * like them, to see how accurate either becomes, `--model=FOLDER`.
 * `--backend=wasm|webgl|webgpu`, `--pairs=5`, `--only=embed-per-photo,train-epoch`; `--angle=vulkan` where Chromium needs to be
 * told how to reach the GPU.
 */
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { findChromium } from "../scripts/chromium.mjs";
import { ROOT } from "../scripts/install.mjs";

const { values: options } = parseArgs({
  options: {
    photos: { type: "string", default: join(ROOT, "../shared/data/cats-dogs/train") },
    test: { type: "string", default: join(ROOT, "../shared/data/cats-dogs/test") },
    model: { type: "string", default: join(ROOT, "../shared/models/tm-export-google") },
    backend: { type: "string", default: "wasm" },
    pairs: { type: "string", default: "5" },
    only: { type: "string" },
    angle: { type: "string" },
  },
});
for (const folder of [options.photos, options.test, options.model]) {
  if (existsSync(folder)) continue;
  console.error(`There is no ${folder}. Name folders of photos with --photos and --test and an export with --model.`);
  process.exit(1);
}
const pairs = Number(options.pairs);
const wanted = options.only?.split(",");
const require = createRequire(import.meta.url);

process.env.NODE_ENV = "production";
const outDir = await mkdtemp(join(tmpdir(), "headstart-bench-"));
const site = { root: join(ROOT, "bench"), publicDir: join(ROOT, "public"), configFile: join(ROOT, "vite.config.ts") };
await build({ ...site, logLevel: "error", build: { outDir, emptyOutDir: true } });
const server = await preview({ ...site, logLevel: "warn", build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
const home = `http://127.0.0.1:${server.httpServer.address().port}`;
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--enable-unsafe-webgpu",
    ...(options.backend === "wasm"
      ? []
      : [
          "--enable-unsafe-swiftshader",
          "--enable-features=Vulkan,WebGPU",
          "--ignore-gpu-blocklist",
          ...(options.angle ? [`--use-angle=${options.angle}`, "--disable-vulkan-surface"] : []),
        ]),
  ],
});

try {
  // Teachable Machine's script comes in as an inline one.
  const page = await browser.newPage({ bypassCSP: true });
  page.on("pageerror", (error) => console.error(String(error)));
  await page.route(`${home}/given/**`, (route) =>
    route.fulfill({ path: decodeURIComponent(new URL(route.request().url()).pathname.slice("/given".length)) }),
  );
  const given = (path) => `${home}/given${encodeURI(resolve(path))}`;
  await page.goto(home);
  await page.addScriptTag({ path: require.resolve("@teachablemachine/image/dist/teachablemachine-image.min.js") });
  const call = (name, ...args) =>
    page.evaluate(([name, args]) => globalThis.bench[name](...args), /** @type {const} */ ([name, args]));

  const modelUrls = readdirSync(options.model).map((file) => given(join(options.model, file)));
  const { backend, threads } = await call("start", options.backend, modelUrls);
  const urlsIn = (folder) =>
    readdirSync(folder)
      .sort()
      .flatMap((name, label) =>
        readdirSync(join(folder, name)).map((file) => ({ label, url: given(join(folder, name, file)) })),
      );
  const photoUrls = urlsIn(options.photos);
  // Both classes in any part of them.
  const half = Math.ceil(photoUrls.length / 2);
  const mixed = photoUrls.slice(0, half).flatMap((photo, at) => [photo, photoUrls[half + at] ?? photo]);
  await call("loadPhotos", mixed, urlsIn(options.test));
  console.error(`${backend}, threads: ${threads}, photos: ${mixed.length}, ${browser.version()}`);

  const measure = async (name, rounds, run) => {
    if (wanted && !wanted.includes(name)) return;
    const found = [];
    for (let round = 0; round < rounds; round++) found.push(await run(round));
    const ours = median(found.map((pair) => pair.ours));
    const peer = median(found.map((pair) => pair.peer));
    // Of rates, more is better; of times and bytes, less.
    const ratio = name === "roofline" ? ours / peer : median(found.map((pair) => pair.peer / pair.ours));
    const figures = { name, backend, ours: rounded(ours), peer: rounded(peer), ratio: rounded(ratio) };
    const [accuracy] = found.flatMap((job) => job.accuracy ?? []);
    console.log(JSON.stringify(accuracy ? { ...figures, accuracy } : figures));
  };
  await measure("embed-per-photo", pairs, () => call("embedPerPhoto", "the-peers"));
  await measure("embed-per-photo-built-in", pairs, () => call("embedPerPhoto", "built-in"));
  await measure("train-epoch", pairs, () => call("trainEpoch"));
  await measure("fit-1000", Math.min(pairs, 3), () => call("fitTime", 1000));
  await measure("fit-10000", 1, () => call("fitTime", 10_000));
  await measure("search", 1, () => call("searchTime", 200));
  await measure("until-prepared", pairs, () => call("untilPrepared", 300, "as-it-comes"));
  await measure("train-when-prepared", pairs, () => call("trainWhenPrepared", 300, "as-it-comes"));
  await measure("train-when-prepared-peers-settings", pairs, () => call("trainWhenPrepared", 300, "peers"));
  await measure("first-answer", pairs, () => call("firstAnswer", 40));
  await measure("roofline", pairs, () => call("roofline"));
  await measure("whole-job", pairs, (round) => call("wholeJob", 300, "peers", round === 0));
  await measure("whole-job-as-it-comes", pairs, (round) => call("wholeJob", 300, "as-it-comes", round === 0));
  await call("wholeJob", 20);
  await measure("live-latency", pairs, () => call("liveLatency"));
  await measure("longest-main-thread-task", Math.min(pairs, 3), () => call("longestMainThreadTask", 60));
  await measure("memory-after", 1, () => call("memoryAfter", 2000));
  if (!wanted || wanted.includes("whole-job-12mp")) {
    await call("enlarge", 40);
    await measure("whole-job-12mp", pairs, () => call("wholeJob", 40));
  }
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function rounded(value) {
  return Number(value.toPrecision(4));
}
