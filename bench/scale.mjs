/**
 * `npm run bench:scale`: how the built app copes with many photos, in real Chromium. Prints one JSON line per figure, in seconds or
 * megabytes. `--photos=10000`, in ten classes, drawn by the browser itself; `--cifar=50000`, from a `.tar.gz` like CIFAR-10's. With 0 a
 * part is left out.
 */
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { downloadZip } from "client-zip";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { findChromium } from "../scripts/chromium.mjs";
import { writeCifar } from "./cifar.mjs";

const { values: options } = parseArgs({
  options: { photos: { type: "string", default: "10000" }, cifar: { type: "string", default: "50000" } },
});
const [photos, cifar] = [Number(options.photos), Number(options.cifar)];
const CLASSES = 10;
const AT_ONCE = 250;

process.env.NODE_ENV = "production";
const folder = await mkdtemp(join(tmpdir(), "headstart-scale-"));
const outDir = join(folder, "site");
await build({ logLevel: "error", build: { outDir, emptyOutDir: true } });
const server = await preview({ logLevel: "warn", build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });

try {
  if (photos > 0) await inBrowser(photos, measurePhotos);
  if (cifar > 0) await inBrowser(cifar, measureCifar);
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

/** Opens the app in a browser that has never seen it. */
async function inBrowser(size, work) {
  const profile = await mkdtemp(join(folder, "profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: [
      ...["--no-sandbox", "--disable-quic", "--disable-background-networking"],
      // Memory is measured when it is asked for, not minutes later.
      "--enable-blink-features=ForceEagerMeasureMemory",
    ],
    viewport: { width: 1440, height: 900 },
    // Keeping the app for offline use is no part of what is measured.
    serviceWorkers: "block",
  });
  try {
    const [page] = context.pages();
    // What is measured begins when it is asked for.
    await page.addInitScript(() => localStorage.setItem("headstart.prepare-ahead", "off"));
    page.setDefaultTimeout(10_800_000);
    await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
    await page.getByRole("button", { name: "Use sample photos" }).waitFor();
    const tell = (name, unit, value) =>
      console.log(JSON.stringify({ name, photos: size, unit, value: Number(value.toPrecision(3)) }));
    await work(page, {
      tell,
      async measure(name, unit, task) {
        const start = performance.now();
        await task();
        tell(name, unit, (performance.now() - start) / 1000);
      },
    });
  } finally {
    await context.close();
  }
}

async function measurePhotos(page, { tell, measure }) {
  const zip = join(folder, "photos.zip");
  await writeFile(zip, downloadZip(await drawPhotos(page.context())).body);
  await watchLongTasks(page);
  await measure("import", "s", () => add(page, zip));
  tell("heap after import", "MB", await heap(page));
  await page.getByRole("link", { name: "All photos" }).click();
  await page.getByRole("list", { name: "All photos" }).waitFor();
  await measure("scroll through", "s", () => scrollThrough(page));
  tell("elements while scrolling", "", await page.evaluate(() => document.querySelectorAll("*").length));
  tell("heap after scrolling", "MB", await heap(page));
  tell("longest task of the page", "ms", await longestTask(page));

  await measure("first embed and training", "s", () => train(page));
  tell("heap after training", "MB", await heap(page));
  tell("memory of page and workers", "MB", await memory(page));
  await measure("reopen", "s", async () => {
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page
      .getByText(new RegExp(`^${photos.toLocaleString("en")} photos`))
      .first()
      .waitFor();
  });
  await measure("training again", "s", () => train(page));
}

/** From the archive as it was downloaded: it is never in memory as a whole, and neither are its photos. */
async function measureCifar(page, { tell, measure }) {
  const archive = join(folder, "cifar-10-binary.tar.gz");
  await writeCifar(archive, cifar);
  tell("CIFAR-10: archive", "MB", (await stat(archive)).size / 1e6);
  await watchLongTasks(page);
  await measure("CIFAR-10: import", "s", () => add(page, archive));
  tell("CIFAR-10: heap after import", "MB", await heap(page));
  tell("CIFAR-10: longest task of the page, importing", "ms", await longestTask(page));
  await tellPeaks(page, "CIFAR-10: peak after import", tell);
  await watchLongTasks(page);
  await measure("CIFAR-10: first embed and training", "s", () => train(page));
  tell("CIFAR-10: longest task of the page, training", "ms", await longestTask(page));
  tell("CIFAR-10: heap after training", "MB", await heap(page));
  await tellPeaks(page, "CIFAR-10: peak after training", tell);
  tell("CIFAR-10: memory of page and workers", "MB", await memory(page));
}

async function add(page, file) {
  const adding = page.getByRole("progressbar", { name: "Adding photos" });
  await page.getByLabel("Add zip").setInputFiles(file);
  await adding.waitFor();
  await adding.waitFor({ state: "detached" });
}

/** A few shapes in a class's manner on a ground of any colour, 224 × 224, as JPEGs. */
async function drawPhotos(context) {
  const scratch = await context.newPage();
  const files = [];
  for (let from = 0; from < photos; from += AT_ONCE) {
    const drawn = await scratch.evaluate(
      async ([from, to, classes]) => {
        const canvas = new OffscreenCanvas(224, 224);
        const pen = canvas.getContext("2d");
        const results = [];
        for (let at = from; at < to; at++) {
          const sides = 3 + (at % classes);
          pen.fillStyle = `hsl(${Math.random() * 360} 40% ${30 + Math.random() * 50}%)`;
          pen.fillRect(0, 0, 224, 224);
          for (let shape = 0; shape < 4; shape++) {
            const [x, y, size, turn] = [
              Math.random() * 224,
              Math.random() * 224,
              20 + Math.random() * 50,
              Math.random(),
            ];
            pen.fillStyle = `hsl(${Math.random() * 360} 70% 50%)`;
            pen.beginPath();
            for (let corner = 0; corner < sides; corner++) {
              const angle = 2 * Math.PI * (corner / sides + turn);
              pen.lineTo(x + size * Math.cos(angle), y + size * Math.sin(angle));
            }
            pen.fill();
          }
          const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
          results.push(btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer()))));
        }
        return results;
      },
      [from, Math.min(photos, from + AT_ONCE), CLASSES],
    );
    drawn.forEach((base64, at) => {
      const number = from + at;
      files.push({ name: `set/class-${number % CLASSES}/${number}.jpg`, input: Buffer.from(base64, "base64") });
    });
  }
  await scratch.close();
  return files;
}

async function train(page) {
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Train" }).click();
  const epochs = page.getByRole("spinbutton", { name: "Epochs", exact: true });
  // Folded away until somebody opens it; this browser remembers that.
  if (!(await epochs.isVisible())) await page.getByRole("heading", { name: "Settings" }).click();
  await epochs.fill("5");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("button", { name: "Stop" }).waitFor();
  await page.getByRole("button", { name: "Train", exact: true }).waitFor();
}

/** A screen at a time, as fast as frames come. */
async function scrollThrough(page) {
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const list = document.querySelector('ul[aria-label="All photos"]');
    let box = list;
    while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
    const scroller = box ?? document.scrollingElement;
    for (let top = 0; top < scroller.scrollHeight; top += scroller.clientHeight) {
      scroller.scrollTop = top;
      await nextFrame();
      await nextFrame();
    }
  });
}

/** From now on. */
async function watchLongTasks(page) {
  await page.evaluate(() => {
    const isWatched = "longestTask" in globalThis;
    globalThis.longestTask = 0;
    if (isWatched) return;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longestTask = Math.max(globalThis.longestTask, duration);
    }).observe({ type: "longtask" });
  });
}

function longestTask(page) {
  return page.evaluate(() => globalThis.longestTask);
}

/** The most memory that Chromium's processes have had in use since they began, as Linux tells it; nothing elsewhere. */
async function tellPeaks(page, name, tell) {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send("SystemInfo.getProcessInfo")) ?? {};
  await session?.detach();
  const peaks = new Map();
  for (const { type, id } of processInfo) {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    const peak = Number(status.match(/^VmHWM:\s*(\d+) kB$/m)?.[1] ?? 0) * 1024;
    peaks.set(type, Math.max(peaks.get(type) ?? 0, peak));
  }
  for (const [type, peak] of peaks) {
    if (peak > 0 && ["browser", "renderer"].includes(type)) tell(`${name}, ${type} process`, "MB", peak / 1e6);
  }
}

/** JavaScript and WebAssembly of the page and its workers, in megabytes. */
async function memory(page) {
  return (await page.evaluate(() => performance.measureUserAgentSpecificMemory())).bytes / 1e6;
}

/** Of the page's own thread, after it was tidied up, in megabytes. */
async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1e6;
}
