/** A real Chromium on a profile that outlives it, and that can be killed without a word of warning. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type BrowserContext, chromium, type Page } from "playwright";
import { inject } from "vitest";
import { CHROMIUM_ARGUMENTS, chromiumPath } from "../chromium.ts";
import { keepChoices, USUAL_CHOICES } from "./browser.ts";
import { endEngine } from "./engine.ts";

export interface Killable {
  readonly page: Page;
  kill(what: "browser" | "page" | "worker"): Promise<void>;
  /** Opens the app in a new page and closes the old one, crashed or not. */
  openAnew(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the app. @param profile a folder, which need not exist */
export async function openKillable(profile: string): Promise<Killable> {
  const process = spawn(
    chromiumPath(),
    [...CHROMIUM_ARGUMENTS, "--headless", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    // A group of its own: all of the browser's processes are killed at once.
    { detached: true, stdio: ["ignore", "ignore", "pipe"] },
  );
  const browser = await chromium.connectOverCDP(await addressOf(process));
  const [context] = browser.contexts();
  if (!context) throw new Error("The browser has no window");
  // What it would keep in the background is no part of what is killed here.
  await context.addInitScript(() => {
    navigator.serviceWorker.register = () => new Promise(() => undefined);
  });
  let page = await openPage(context, context.pages()[0]);
  return {
    get page() {
      return page;
    },
    async openAnew() {
      const old = page;
      const fresh = await context.newPage();
      await old.close();
      page = await openPage(context, fresh);
    },
    async kill(what) {
      if (what === "browser") return end(process);
      if (what === "worker") return endEngine(page);
      const crashed = page.waitForEvent("crash");
      const session = await context.newCDPSession(page);
      session.send("Page.crash").catch(() => undefined);
      await crashed;
    },
    close: () => end(process),
  };
}

async function openPage(context: BrowserContext, blank: Page | undefined): Promise<Page> {
  const page = blank ?? (await context.newPage());
  page.setDefaultTimeout(60_000);
  await page.addInitScript(keepChoices, USUAL_CHOICES);
  await page.goto(inject("appUrl"));
  return page;
}

/** Where the browser says that it can be driven. */
async function addressOf(process: ChildProcess): Promise<string> {
  let said = "";
  for await (const text of process.stderr?.setEncoding("utf8") ?? []) {
    said += text;
    const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
    if (address) return address;
  }
  throw new Error(`The browser did not start: ${said}`);
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return;
  const exited = once(process, "exit");
  globalThis.process.kill(-process.pid, "SIGKILL");
  await exited;
}
