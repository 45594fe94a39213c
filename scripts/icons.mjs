/** `node scripts/icons.mjs`: draws the icons of `public/icons` from `public/icon.svg`. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright";
import { findChromium } from "./chromium.mjs";
import { ROOT } from "./install.mjs";

/** A system may cut a maskable icon to any shape: its ground goes to the edges. What it shows is within the safe circle as it is. */
const ICONS = [
  { name: "192.png", size: 192, ground: "transparent" },
  { name: "512.png", size: 512, ground: "transparent" },
  { name: "maskable-512.png", size: 512, ground: "#0f6a5b" },
];

const folder = join(ROOT, "public/icons");
const svg = await readFile(join(ROOT, "public/icon.svg"), "utf8");
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
try {
  for (const { name, size, ground } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>html { background: ${ground} } body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`,
    );
    await writeFile(join(folder, name), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
