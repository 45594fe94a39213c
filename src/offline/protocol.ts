/** What a page and the service worker say to each other. */

/** What a page asks for. */
export type PageMessage =
  /** Keep every file of your build, and forget builds of which no page is open. Answered through the port that comes along. */
  | { readonly kind: "keep" }
  /** Begin to serve, although pages of another build are open. */
  | { readonly kind: "take-over" };

export type KeepAnswer = { readonly kept: true } | { readonly kept: false; readonly reason: string };

const PAGE_LOCK = "headstart-page ";

/** The Web Lock that a page holds while it is open: by it the service worker knows which builds are in use. @param script of the page */
export function pageLock(script: string): string {
  return PAGE_LOCK + script;
}

/** The scripts of the pages that are open, of any build. @param locks names of those held */
export function scriptsOfPages(locks: readonly string[]): string[] {
  return locks.filter((name) => name.startsWith(PAGE_LOCK)).map((name) => name.slice(PAGE_LOCK.length));
}
