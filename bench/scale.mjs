/**
 * `npm run bench:scale`: how the built app copes with many photos, in real Chromium. Prints one JSON line per figure, in seconds or
 * megabytes. `--photos=10000`, in ten classes, drawn by the browser itself.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { downloadZip } from "client-zip";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { findChromium } from "../scripts/chromium.mjs";

const { values: options } = parseArgs({ options: { photos: { type: "string", default: "10000" } } });
const photos = Number(options.photos);
const CLASSES = 10;
const AT_ONCE = 250;

process.env.NODE_ENV = "production";
const folder = await mkdtemp(join(tmpdir(), "headstart-scale-"));
const outDir = join(folder, "site");
await build({ logLevel: "error", build: { outDir, emptyOutDir: true } });
const server = await preview({ logLevel: "warn", build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
const context = await chromium.launchPersistentContext(join(folder, "profile"), {
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
  page.setDefaultTimeout(1_800_000);
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
  await page.getByRole("button", { name: "Use sample photos" }).waitFor();
  const zip = join(folder, "photos.zip");
  await writeFile(zip, downloadZip(await drawPhotos()).body);
  await watchLongTasks(page);

  const adding = page.getByRole("progressbar", { name: "Adding photos" });
  await measure("import", "s", async () => {
    await page.getByLabel("Add zip").setInputFiles(zip);
    await adding.waitFor();
    await adding.waitFor({ state: "detached" });
  });
  await tell("heap after import", "MB", await heap(page));
  await page.getByRole("link", { name: "All photos" }).click();
  await page.getByRole("list", { name: "All photos" }).waitFor();
  await measure("scroll through", "s", () => scrollThrough(page));
  await tell("elements while scrolling", "", await page.evaluate(() => document.querySelectorAll("*").length));
  await tell("heap after scrolling", "MB", await heap(page));
  await tell("longest task of the page", "ms", await page.evaluate(() => globalThis.longestTask));

  await measure("first embed and training", "s", () => train(page));
  await tell("heap after training", "MB", await heap(page));
  await tell("memory of page and workers", "MB", await memory(page));
  await measure("reopen", "s", async () => {
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page
      .getByText(new RegExp(`^${photos.toLocaleString("en")} photos`))
      .first()
      .waitFor();
  });
  await measure("training again", "s", () => train(page));
} finally {
  await context.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

/** A few shapes in a class's manner on a ground of any colour, 224 × 224, as JPEGs. */
async function drawPhotos() {
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

async function watchLongTasks(page) {
  await page.evaluate(() => {
    globalThis.longestTask = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longestTask = Math.max(globalThis.longestTask, duration);
    }).observe({ type: "longtask" });
  });
}

/** JavaScript and WebAssembly of the page and its workers, in megabytes. */
async function memory(page) {
  return (await page.evaluate(() => performance.measureUserAgentSpecificMemory())).bytes / 1e6;
}

/** Of the page's own thread, after it was tidied up, in megabytes. */
async function heap(page) {
  const session = await context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1e6;
}

async function measure(name, unit, work) {
  const start = performance.now();
  await work();
  await tell(name, unit, (performance.now() - start) / 1000);
}

async function tell(name, unit, value) {
  console.log(JSON.stringify({ name, photos, unit, value: Number(value.toPrecision(3)) }));
}
