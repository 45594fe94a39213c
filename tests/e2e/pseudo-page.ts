/** The page in the pseudo-language, and photos that have numbers for names. */
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright";
import type { Plugin } from "vite";
import { expect } from "vitest";
import { png, stripes } from "./photos.ts";
import { shownWords } from "./shown-words.ts";

/** The names of the app, of base models and of licences are no words of a language; nor are the ends of file names and Chromium's false camera. */
const NAMES = /Headstart|EfficientNet-Lite\d|MobileNetV2|Apache|\.jpg|fake_device_\d/gi;

const PHOTOS_PER_CLASS = 8;

/** Every word that is shown is accented. */
export async function expectNoPlainWords(page: Page): Promise<void> {
  const words = await shownWords(page);
  expect(words.length).toBeGreaterThan(10);
  // Before the colon is where it stands.
  const plain = words.filter((each) => /[a-z]{2}/i.test(each.slice(each.indexOf(": ")).replaceAll(NAMES, "")));
  expect(plain).toEqual([]);
}

export function photoFile(name: string, variant: number) {
  return { name, mimeType: "image/png", buffer: png(96, 72, stripes("red-upright", variant)) };
}

/** Two classes, and two files that only say they are photos: all named by numbers, so that names cannot be taken for words. */
export async function makeFolders(): Promise<string> {
  const root = join(await mkdtemp(join(tmpdir(), "headstart-pseudo-")), "0");
  for (const [at, kind] of (["red-upright", "blue-level"] as const).entries()) {
    const own = join(root, `${at + 1}`);
    await mkdir(own, { recursive: true });
    for (let variant = 0; variant < PHOTOS_PER_CLASS; variant++) {
      await writeFile(join(own, `${at + 1}${variant}`), png(160, 120, stripes(kind, variant)));
    }
    await writeFile(join(own, `${at + 1}00`), "no photo");
  }
  return root;
}

/** Builds the page with the pseudo catalogue in place of the English one. */
export function pseudoLanguage(): Plugin {
  const catalogue = fileURLToPath(new URL("../fixtures/pseudo-words.ts", import.meta.url));
  return {
    name: "pseudo-language",
    enforce: "pre",
    resolveId: (source, importer) =>
      source === "./en/index.ts" && importer?.endsWith("/src/app/words/words.ts") ? catalogue : null,
  };
}
