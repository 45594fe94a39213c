/** Opens the built app in real Chromium, as its user would. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, inject } from "vitest";
import { CHROMIUM_ARGUMENTS, chromiumPath } from "../chromium.ts";

export interface App {
  readonly page: Page;
  /** What the page's console called an error, and requests to other hosts. Must stay empty. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/**
 * People get the app with photos prepared ahead, and the settings folded away; most tests look at what happens when somebody
 * asks for it, and are of people who have opened the folds once.
 */
export const USUAL_CHOICES: Readonly<Record<string, string>> = {
  "headstart.prepare-ahead": "off",
  "headstart.open-folds": "base-model settings",
};

/** Runs in the page, before anything of the app: what the test chooses later stays. */
export function keepChoices(choices: Readonly<Record<string, string>>): void {
  // A blank page has no storage.
  if (location.protocol === "about:") return;
  for (const [key, value] of Object.entries(choices)) {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
  }
}

interface Opening {
  /** A YUV4MPEG2 film for the fake camera. */
  film?: Buffer;
  /** More of Chromium's. */
  flags?: string[];
  /** Where the app is served. */
  url?: string;
  /** Choices that the browser keeps for the app. */
  choices?: Readonly<Record<string, string>>;
  /** Whether the app may have one. Tests do not see requests that one answers, so that only those of it allow it. */
  serviceWorkers?: "allow" | "block";
}

let shared: Promise<Browser> | null = null;
afterAll(async () => (await shared)?.close());

/** With a profile of its own. To start another Chromium takes a second; one for all tests of a file is enough where it is like any other. */
export async function openApp({
  film,
  flags = [],
  url = inject("appUrl"),
  choices = USUAL_CHOICES,
  serviceWorkers = "block",
}: Opening = {}): Promise<App> {
  const own = film || flags.length > 0 ? await launch(film, flags) : null;
  shared ??= own ? null : launch();
  const browser = own ?? (await shared);
  if (!browser) throw new Error("No browser was started");
  const context = await browser.newContext({
    permissions: ["camera"],
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
    serviceWorkers,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const home = new URL(url).host;
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  context.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && host !== home) complaints.push(`request to ${host}`);
  });
  page.setDefaultTimeout(60_000);
  await context.addInitScript(keepChoices, choices);
  await page.goto(url);
  return {
    page,
    complaints,
    async close() {
      await context.close();
      await own?.close();
    },
  };
}

async function launch(film?: Buffer, flags: readonly string[] = []): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), "headstart-browser-"));
  const camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"];
  if (film) {
    const path = join(folder, "camera.y4m");
    await writeFile(path, film);
    camera.push(`--use-file-for-fake-video-capture=${path}`);
  }
  const args = [...CHROMIUM_ARGUMENTS, ...camera, ...flags];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  browser.once("disconnected", () => void rm(folder, { recursive: true, force: true }));
  return browser;
}
