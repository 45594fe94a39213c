/** Several projects in one browser, and one project in several tabs. */
import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { png, stripes } from "./photos.ts";

let app: App;
let page: Page;

beforeEach(async () => {
  app = await openApp();
  page = app.page;
  await page.getByRole("button", { name: "Use sample photos" }).waitFor();
});
afterEach(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
});

const photo = (variant: number) => ({
  name: `${variant}.png`,
  mimeType: "image/png",
  buffer: png(40, 40, stripes("red-upright", variant)),
});
const counted = (where: Page, className: string, text: string) =>
  where.getByRole("region", { name: className, exact: true }).getByText(text, { exact: true }).waitFor();
const isEmpty = (where: Page) => where.getByRole("region", { name: /^Show this page photos/ }).waitFor();
const dialog = () => page.getByRole("dialog", { name: "Projects" });
const item = (name: string): Locator =>
  dialog()
    .getByRole("list", { name: "Projects" })
    .getByRole("listitem")
    .filter({ has: page.getByText(name, { exact: true }) });
const listed = (count: number) =>
  expect.poll(() => dialog().getByRole("list", { name: "Projects" }).getByRole("listitem").count()).toBe(count);

async function addPhotos(where: Page, ...variants: number[]): Promise<void> {
  await where.getByLabel("Add photos").setInputFiles(variants.map(photo));
  await where.getByText(/^Added \d+ photos?\./).waitFor();
  await where.getByRole("button", { name: "Dismiss" }).first().click();
}

async function rename(where: Page, name: string): Promise<void> {
  const box = where.getByRole("textbox", { name: "Project name" });
  await box.fill(name);
  await box.press("Enter");
}

async function openProjects(): Promise<void> {
  await page.getByRole("button", { name: "Projects" }).click();
  await dialog().waitFor();
}

test("projects are told apart by name, opened in turn, and the last one comes back after a reload", async () => {
  await addPhotos(page, 1, 2);
  await rename(page, "Birds");
  await page.getByRole("button", { name: "New project" }).click();
  await isEmpty(page);
  await addPhotos(page, 3);
  await rename(page, "Bolts");
  await openProjects();
  await item("Bolts")
    .getByText(/^Open now · 1 photo · [A-Z][a-z]+ \d/)
    .waitFor();
  await item("Birds")
    .getByText(/^2 photos · [A-Z][a-z]+ \d/)
    .waitFor();
  await item("Birds").getByRole("button", { name: "Open" }).click();
  await counted(page, "Unsorted", "2 photos");
  await page.reload();
  await counted(page, "Unsorted", "2 photos");
  await expect.poll(() => page.getByRole("textbox", { name: "Project name" }).inputValue()).toBe("Birds");

  // As after a page that hung while it opened the project.
  await expect.poll(() => page.evaluate(() => localStorage.getItem("headstart.opening"))).toBeNull();
  await page.evaluate(() => localStorage.setItem("headstart.opening", localStorage.getItem("headstart.project") ?? ""));
  await page.reload();
  await page.getByRole("heading", { name: "“Birds” has not been opened again" }).waitFor();
  await page.getByRole("button", { name: "Open “Bolts”" }).click();
  await counted(page, "Unsorted", "1 photo");
});

test("an untouched project leaves nothing in the list", async () => {
  await addPhotos(page, 1);
  await rename(page, "Birds");
  await page.getByRole("button", { name: "New project" }).click();
  await isEmpty(page);
  await openProjects();
  await listed(2);
  await item("Birds").getByRole("button", { name: "Open" }).click();
  await counted(page, "Unsorted", "1 photo");
  await openProjects();
  await item("Birds").waitFor();
  await listed(1);
});

test("a copy is renamed and goes its own way", async () => {
  await addPhotos(page, 1, 2);
  await rename(page, "Birds");
  await openProjects();
  await item("Birds").getByRole("button", { name: "Copy" }).click();
  await item("Birds (copy)").getByRole("button", { name: "Rename" }).click();
  const box = dialog().getByRole("textbox", { name: "New name" });
  await box.fill("Gulls");
  await box.press("Enter");
  await item("Gulls").getByRole("button", { name: "Open" }).click();
  await expect.poll(() => page.getByRole("textbox", { name: "Project name" }).inputValue()).toBe("Gulls");
  await addPhotos(page, 3);
  await counted(page, "Unsorted", "3 photos");
  await openProjects();
  await item("Birds").getByRole("button", { name: "Open" }).click();
  await counted(page, "Unsorted", "2 photos");
});

test("Escape leaves a name as it was, and the list open", async () => {
  await addPhotos(page, 1);
  await rename(page, "Birds");
  await openProjects();
  await item("Birds").getByRole("button", { name: "Rename" }).click();
  const box = dialog().getByRole("textbox", { name: "New name" });
  await box.fill("Nonsense");
  await box.press("Escape");
  await item("Birds").waitFor();
});

test("a deleted project is brought back with its photos, from the message or from the list", async () => {
  await addPhotos(page, 1, 2);
  await rename(page, "Birds");
  await openProjects();
  await item("Birds").getByRole("button", { name: "Delete" }).click();
  await item("Birds").waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("dialog li") !== null)).toBe(true);
  await dialog().getByRole("button", { name: "Close" }).click();
  await isEmpty(page);
  await page.getByRole("button", { name: "Bring back" }).click();
  await counted(page, "Unsorted", "2 photos");

  await page.getByRole("button", { name: "New project" }).click();
  await isEmpty(page);
  await openProjects();
  await item("Birds").getByRole("button", { name: "Delete" }).click();
  await dialog()
    .getByText(/^Deleted \(1\)/)
    .click();
  await dialog().getByRole("button", { name: "Restore" }).click();
  await item("Birds").getByRole("button", { name: "Open" }).click();
  await counted(page, "Unsorted", "2 photos");
  await page.getByRole("button", { name: "2.png" }).locator("img").waitFor();
});

/** What this origin keeps in the browser: the records of each store that has any, private files, caches and settings. */
function listOrigin(where: Page) {
  return where.evaluate(async () => {
    const ended = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const records: Record<string, number> = {};
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await ended(indexedDB.open(name));
      const stores = [...database.objectStoreNames];
      const transaction = database.transaction(stores);
      for (const store of stores) {
        const count = await ended(transaction.objectStore(store).count());
        if (count) records[store] = count;
      }
      database.close();
    }
    const files: string[] = [];
    const root = await navigator.storage.getDirectory();
    for await (const [folder, handle] of root.entries()) {
      if (handle.kind === "directory") for await (const name of handle.keys()) files.push(`${folder}/${name}`);
    }
    const registered = await navigator.serviceWorker.getRegistrations();
    const databases = (await indexedDB.databases()).length;
    return {
      ...{ databases, records, files, caches: (await caches.keys()).length },
      ...{ settings: localStorage.length + sessionStorage.length, workers: registered.length },
    };
  });
}

/** As a crash in mid-export leaves it: a file that nobody holds. */
function leaveHalfAnExport(where: Page): Promise<void> {
  return where.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("downloads", { create: true });
    const writing = await (await folder.getFileHandle("half", { create: true })).createWritable();
    await writing.write("half a zip");
    await writing.close();
  });
}

test("deleted for good, nothing of a project is left while another tab is open; everything is erased, and said", async () => {
  await addPhotos(page, 1, 2);
  await page.getByRole("button", { name: "New project" }).click();
  await isEmpty(page);
  await addPhotos(page, 2);
  const second = await page.context().newPage();
  await second.goto(inject("appUrl"));
  await second.getByRole("button", { name: "Use it here" }).waitFor();
  await openProjects();
  await item("My classifier").getByRole("button", { name: "Delete" }).click();
  await page.getByText("Deleted “My classifier”.").waitFor();
  await leaveHalfAnExport(page);
  await dialog().locator("summary").filter({ hasText: "Deleted (1)" }).click();
  await dialog().getByRole("button", { name: "Delete for good" }).click();
  await page.getByText("“My classifier” and its photos are deleted for good.").waitFor();
  const own = { photos: 1, thumbnails: 1, projects: 1, projectStates: 1, projectSamples: 1 };
  const { embeddingBlocks: _, embeddingBlockPhotos: __, ...records } = (await listOrigin(page)).records;
  expect(records).toEqual(own);
  expect((await listOrigin(page)).files).toEqual([]);

  await dialog().getByRole("button", { name: "Erase everything" }).click();
  await dialog()
    .getByText(/^This removes everything.*1 project with photos.*cannot be undone/)
    .waitFor();
  await second.close();
  await dialog().getByRole("button", { name: "Erase everything now" }).click();
  await page.getByRole("heading", { name: "Everything is erased" }).waitFor();
  await page.getByText(/^Removed: 1 database/).waitFor();
  const nothing = { databases: 0, records: {}, files: [], caches: 0, settings: 0, workers: 0 };
  expect(await listOrigin(page)).toEqual(nothing);
  await page.getByRole("button", { name: "Start anew" }).click();
  await isEmpty(page);
});

test("a deleted project and its photos are gone when Headstart is next opened", async () => {
  await addPhotos(page, 1, 2);
  await page.getByRole("button", { name: "New project" }).click();
  await isEmpty(page);
  await addPhotos(page, 3);
  await openProjects();
  await item("My classifier").getByRole("button", { name: "Delete" }).click();
  await page.getByText("Deleted “My classifier”.").waitFor();
  const photosKept = () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const request = indexedDB.open("headstart");
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const count = request.result.transaction("photos").objectStore("photos").count();
            count.onsuccess = () => {
              request.result.close();
              resolve(count.result);
            };
          };
        }),
    );
  expect(await photosKept()).toBe(3);
  // Away first: a page that is reloaded may still hold its locks when the new one asks whether it is alone.
  await page.goto("about:blank");
  await page.goto(inject("appUrl"));
  await counted(page, "Unsorted", "1 photo");
  await expect.poll(photosKept).toBe(1);
});

test("two tabs: the second asks, takes over, and the first changes nothing any more", async () => {
  await addPhotos(page, 1, 2);
  const second = await page.context().newPage();
  await second.goto(inject("appUrl"));
  await second.getByRole("heading", { name: "“My classifier” is open in another tab" }).waitFor();
  await second.getByRole("button", { name: "Use it here" }).click();
  await counted(second, "Unsorted", "2 photos");

  await page.getByText(/It was taken over there/).waitFor();
  await expect.poll(() => page.getByLabel("Add photos").count()).toBe(0);
  await addPhotos(second, 3);
  await counted(second, "Unsorted", "3 photos");

  await page.getByRole("button", { name: "Use it here" }).click();
  await counted(page, "Unsorted", "3 photos");
  await second.getByText(/It was taken over there/).waitFor();
  await second.getByRole("button", { name: "Start another project" }).click();
  await isEmpty(second);
  await addPhotos(second, 4);
  await addPhotos(page, 5);
  await counted(page, "Unsorted", "4 photos");
  await counted(second, "Unsorted", "1 photo");
});

test("a tab that is taken over while photos go in keeps what it had confirmed, and mixes nothing in", async () => {
  await addPhotos(page, 1000);
  const second = await page.context().newPage();
  await second.goto(inject("appUrl"));
  await second.getByRole("button", { name: "Use it here" }).waitFor();
  const many = Array.from({ length: 150 }, (_, variant) => photo(variant));
  await page.getByLabel("Add photos").setInputFiles(many);
  await second.getByRole("button", { name: "Use it here" }).click();
  await second.getByRole("region", { name: "Unsorted" }).waitFor();
  await page.getByText(/It was taken over there/).waitFor();
  const count = second.getByRole("region", { name: "Unsorted" }).getByText(/^\d+ photos?$/);
  const found = await count.textContent();
  await second.reload();
  await expect.poll(() => count.textContent()).toBe(found);
  expect(Number.parseInt(found ?? "", 10)).toBeGreaterThanOrEqual(1);
});

test("a project that another tab has open is not renamed or deleted from here", async () => {
  await addPhotos(page, 1);
  await rename(page, "Birds");
  const second = await page.context().newPage();
  await second.goto(inject("appUrl"));
  await second.getByRole("button", { name: "Start another project" }).click();
  await isEmpty(second);
  await second.getByRole("button", { name: "Projects" }).click();
  const birds = second.getByRole("list", { name: "Projects" }).getByRole("listitem").filter({ hasText: "Birds" });
  await birds.getByRole("button", { name: "Delete" }).click();
  await second.getByRole("alert").getByText("“Birds” is open in another tab. Close it there first.").waitFor();
  await addPhotos(page, 2);
  await counted(page, "Unsorted", "2 photos");
});

test("what is used of the browser's storage is said", async () => {
  await addPhotos(page, 1);
  await openProjects();
  await dialog()
    .getByText(/^Uses [\d.]+ MB of [\d.,]+ (MB|GB) that this browser allows/)
    .waitFor();
});
