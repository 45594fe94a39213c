/** Opens the built app in real Chromium, as its user would. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { inject } from "vitest";
import { CHROMIUM_ARGUMENTS, chromiumPath } from "../chromium.ts";

export interface App {
  readonly page: Page;
  /** What the page's console called an error, and requests to other hosts. Must stay empty. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/**
 * @param film a YUV4MPEG2 film for the fake camera
 * @param flags more of Chromium's
 * @param url where the app is served
 */
export async function openApp({
  film,
  flags = [],
  url = inject("appUrl"),
}: {
  film?: Buffer;
  flags?: string[];
  url?: string;
} = {}): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), "headstart-browser-"));
  const camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"];
  if (film) {
    const filmPath = join(folder, "camera.y4m");
    await writeFile(filmPath, film);
    camera.push(`--use-file-for-fake-video-capture=${filmPath}`);
  }
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: chromiumPath(),
    headless: true,
    args: [...CHROMIUM_ARGUMENTS, ...camera, ...flags],
    permissions: ["camera"],
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
  });
  const page = context.pages()[0] ?? (await context.newPage());
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
  await page.goto(url);
  return {
    page,
    complaints,
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
