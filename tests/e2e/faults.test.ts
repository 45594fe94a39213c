/** Storage that is full, writes that break off and a worker that dies: a clear message, nothing lost, nothing by halves. */
import type { Page } from "playwright";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { createRandom } from "../../src/dataset/random.ts";
import { type App, openApp } from "./browser.ts";
import { endEngine, hangEngine, storingOf } from "./engine.ts";
import { readKept } from "./kept.ts";
import { png, stripes } from "./photos.ts";
import { classify, go, train } from "./places.ts";

let app: App;
let page: Page;

beforeEach(async () => {
  app = await openApp();
  page = app.page;
  await page.getByRole("button", { name: "Use sample photos" }).waitFor();
  await page.getByLabel("Add photos").setInputFiles([photo(1), photo(2)]);
  await page.getByText("Added 2 photos.").waitFor();
});
afterEach(() => app.close());

const file = (name: string, buffer: Buffer) => ({ name, mimeType: "image/png", buffer });
const photo = (variant: number) => file(`${variant}.png`, png(40, 40, stripes("red-upright", variant)));
/** Noise, which nothing makes smaller: 270 kB. */
const noise = (seed: number) => {
  const random = createRandom(seed);
  const level = () => Math.floor(random() * 256);
  return file(
    `noise-${seed}.png`,
    png(300, 300, () => [level(), level(), level()]),
  );
};
const counted = (text: string) =>
  page.getByRole("region", { name: "Unsorted", exact: true }).getByText(text, { exact: true }).waitFor();
const alerted = (text: string | RegExp) => page.getByRole("alert").getByText(text).first().waitFor();

/** From now on, what is put into a store of that name fails. */
function breakPuts(store: string, how: "full" | "broken off"): Promise<void> {
  return storingOf(page).evaluate(
    ([name, fault]) => {
      const prototype = IDBObjectStore.prototype as IDBObjectStore & { realPut?: IDBObjectStore["put"] };
      const real = prototype.realPut ?? prototype.put;
      prototype.realPut = real;
      prototype.put = function put(this: IDBObjectStore, ...args: [unknown, IDBValidKey?]) {
        if (this.name !== name) return real.apply(this, args);
        if (fault === "full") throw new DOMException("No space", "QuotaExceededError");
        const request = real.apply(this, args);
        this.transaction.abort();
        return request;
      };
    },
    [store, how] as const,
  );
}

function mendPuts(): Promise<void> {
  return storingOf(page).evaluate(() => {
    const prototype = IDBObjectStore.prototype as IDBObjectStore & { realPut?: IDBObjectStore["put"] };
    if (prototype.realPut) prototype.put = prototype.realPut;
  });
}

test.each([
  { how: "full", said: /storage for Headstart is full.*nothing was half-written/ },
  { how: "broken off", said: /could not write to its storage.*nothing was half-written/ },
] as const)(
  "a change while the storage is $how is said, changes nothing kept, and goes in later",
  async ({ how, said }) => {
    await breakPuts("projectStates", how);
    await page.getByRole("button", { name: "1.png" }).click();
    await page.getByRole("button", { name: "Delete photos" }).click();
    await alerted(said);
    await counted("1 photo");
    expect([...(await readKept(page)).labels.keys()]).toEqual(["1.png", "2.png"]);

    await mendPuts();
    await page.getByRole("button", { name: "Not saved: try again" }).click();
    await page.getByRole("button", { name: "Not saved: try again" }).waitFor({ state: "detached" });
    expect([...(await readKept(page)).labels.keys()]).toEqual(["2.png"]);
    await page.reload();
    await counted("1 photo");
  },
);

test("a failed write is tried again with the next change", async () => {
  await breakPuts("projectSamples", "full");
  await page.getByRole("button", { name: "1.png" }).click();
  await page.getByRole("button", { name: "Delete photos" }).click();
  await page.getByRole("button", { name: "Not saved: try again" }).waitFor();
  await mendPuts();
  await page.getByRole("button", { name: "Add class" }).click();
  await page.getByRole("button", { name: "Not saved: try again" }).waitFor({ state: "detached" });
  await page.reload();
  await counted("1 photo");
  await page.getByRole("region", { name: "Class 1", exact: true }).waitFor();
});

test("a disk that fills up while photos go in: what is in stays, the rest goes in when there is room", async () => {
  // Under another name of this machine the browser has not looked at the quota yet, which it remembers for a while.
  const url = inject("appUrl").replace("127.0.0.1", "localhost");
  const { origin } = new URL(url);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 2_000_000 });
  await page.goto(url);
  const photos = Array.from({ length: 12 }, (_, at) => noise(at));
  await page.getByLabel("Add photos").setInputFiles(photos);
  await alerted(/storage for Headstart is full/);
  await page.getByRole("progressbar", { name: "Adding photos" }).waitFor({ state: "detached" });

  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await page.getByLabel("Add photos").setInputFiles(photos);
  await page.getByText(/^Added \d+ photos?\./).waitFor();
  await counted("12 photos");
  await page.reload();
  await counted("12 photos");
  expect((await readKept(page)).broken).toBe(0);
});

test("while the engine hangs, what is changed is saved", async () => {
  hangEngine(page);
  await page.getByRole("button", { name: "Add class" }).click();
  const name = page.getByRole("region", { name: "Class 1", exact: true }).getByRole("textbox", { name: "Class name" });
  await name.fill("Robins");
  await name.press("Enter");
  await page.getByRole("region", { name: "Robins", exact: true }).waitFor();
  await page.reload();
  await page.getByRole("region", { name: "Robins", exact: true }).waitFor();
  await counted("2 photos");
  await page.getByRole("status", { name: "Engine", exact: true }).filter({ hasText: "WebAssembly" }).waitFor();
});

test("after the worker died, the next one has the project and its classifier", async () => {
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByRole("button", { name: "Use sample photos" }).click();
  await page.getByText("Added 90 photos.").waitFor();
  await go(page, "Train");
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("10");
  await train(page);
  await endEngine(page);
  await go(page, "Use");
  expect(await classify(page, photo(3))).toHaveLength(3);
  await go(page, "Data");
  await page.getByRole("button", { name: "Add class" }).click();
  await page.reload();
  await page.getByRole("region", { name: "Class 4", exact: true }).waitFor();
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
});
