/**
 * Serves the app when its host is gone, and gives its pages cross-origin isolation where the host does not.
 *
 * One build, one service worker: the build's list of files is part of this script, so that another build is another script,
 * which the browser installs beside this one and lets wait until a page asks it to take over, or none is open.
 */
import { type Build, wasmFeatures } from "../build.ts";
import { withHeaders } from "../headers.ts";
import { createKeeper } from "../keeper.ts";
import { type KeepAnswer, type PageMessage, scriptsOfPages } from "../protocol.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build. */
declare const __BUILD__: Build;

const scope = self.registration.scope;
const keeper = createKeeper({
  caches,
  fetch: (address, options) => fetch(address, options),
  scope,
  build: __BUILD__,
  features: wasmFeatures(),
});

self.addEventListener("install", (event) => {
  // The first one has no other to wait for, and a page that may want its headers: it keeps the files afterwards.
  event.waitUntil(self.registration.active ? keeper.keep() : self.skipWaiting());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  event.respondWith(answer(request));
});

self.addEventListener("message", (event) => {
  const message = event.data as PageMessage;
  if (message.kind === "take-over") event.waitUntil(self.skipWaiting());
  else event.waitUntil(keep().then((told) => event.ports[0]?.postMessage(told)));
});

async function answer(request: Request): Promise<Response> {
  const kept = await keeper.find(request.url, request.referrer);
  return withHeaders(kept ?? (await fetch(request)));
}

async function keep(): Promise<KeepAnswer> {
  try {
    await keeper.keep();
    const { waiting, installing } = self.registration;
    // What a newer one keeps already is not to be forgotten.
    if (!waiting && !installing) {
      const { held = [] } = await navigator.locks.query();
      await keeper.forgetOthers(scriptsOfPages(held.map(({ name = "" }) => name)));
    }
    return { kept: true };
  } catch (error) {
    return { kept: false, reason: String(error) };
  }
}
