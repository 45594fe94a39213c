/** The page's side of the service worker. */
import { OfflineError } from "./errors.ts";
import { type KeepAnswer, type PageMessage, pageLock } from "./protocol.ts";

export interface Offline {
  /** Ends when the page is served by a service worker, and would get its headers if it were loaded again. */
  served(): Promise<void>;
  /**
   * Ends when everything is kept that it takes to open and work without the host.
   * @throws OfflineError
   */
  keep(): Promise<void>;
  /** Ends when the new version serves. Pages of the old one still get the old one's files. */
  takeOver(): Promise<void>;
}

const UPDATE_CHECK_MS = 60 * 60 * 1000;

/**
 * Starts the service worker, or goes on with the one that is there.
 * @param onNewVersion called when another version of the app is ready, or has been taken by another tab
 * @throws OfflineError when this browser has none for this page, as at an http:// address or in some private windows
 */
export async function startOffline(onNewVersion: () => void): Promise<Offline> {
  // Missing where the address is not secure.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!container) throw new OfflineError({ code: "offline/not-offered" });
  holdPage();
  let served = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    if (served) onNewVersion();
    served = true;
  });
  const registration: ServiceWorkerRegistration | undefined = await container
    .register(`${import.meta.env.BASE_URL}service-worker.js`, { updateViaCache: "none" })
    .catch((error: unknown) => {
      throw new OfflineError({ code: "offline/not-started", reason: String(error) });
    });
  // Browsers that are driven by a program can be told to register none, and then say nothing.
  if (!registration) throw new OfflineError({ code: "offline/not-offered" });
  watchForUpdates(registration, onNewVersion);

  return {
    async served() {
      if (container.controller) return;
      await new Promise((resolve) => container.addEventListener("controllerchange", resolve, { once: true }));
    },
    async keep() {
      const { active } = await container.ready;
      const answer = active ? await askToKeep(active) : { kept: false as const, reason: "" };
      if (!answer.kept) throw new OfflineError({ code: "offline/not-kept", reason: answer.reason });
    },
    async takeOver() {
      const { waiting } = registration;
      if (!waiting) return;
      const left = new Promise((resolve) => waiting.addEventListener("statechange", resolve, { once: true }));
      tell(waiting, { kind: "take-over" });
      await left;
    },
  };
}

/** Whether the page was loaded without isolation in a browser that would have given it some. */
export function lacksIsolation(): boolean {
  return !globalThis.crossOriginIsolated && globalThis.isSecureContext && window.top === window;
}

function holdPage(): void {
  void navigator.locks.request(pageLock(import.meta.url), { mode: "shared" }, () => new Promise(() => undefined));
}

function watchForUpdates(registration: ServiceWorkerRegistration, onNewVersion: () => void): void {
  if (registration.waiting) onNewVersion();
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      // The very first one is no new version.
      if (worker.state === "installed" && registration.active) onNewVersion();
    });
  });
  // Browsers look when a page is loaded; this one may stay open for weeks.
  let lookedAt = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - lookedAt < UPDATE_CHECK_MS) return;
    lookedAt = Date.now();
    // Without a network there is no new version either.
    registration.update().catch(() => undefined);
  });
}

function askToKeep(worker: ServiceWorker): Promise<KeepAnswer> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data as KeepAnswer);
    };
    tell(worker, { kind: "keep" }, [port2]);
  });
}

function tell(worker: ServiceWorker, message: PageMessage, transfer: Transferable[] = []): void {
  worker.postMessage(message, transfer);
}
