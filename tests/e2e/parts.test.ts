/** Parts of the app that cannot be loaded: each is named where it is missed, nothing else is lost, and it is tried again. */
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { endWorker, storingOf } from "./engine.ts";
import { type Gaps, serveWithGaps } from "./gaps.ts";
import { png, stripes } from "./photos.ts";
import { go, train } from "./places.ts";

let server: Gaps;
let app: App;
let page: Page;

beforeAll(async () => {
  server = await serveWithGaps(inject("appUrl"));
  app = await openApp({ url: server.url });
  page = app.page;
  // A step that waits for what does not come should say so before the test's own time is up.
  page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await app.close();
  await server.close();
});

const notLoaded = (part: string) => new RegExp(`Part of the app could not be loaded: ${part}.*Check your connection`);
const alert = (text: RegExp) => page.getByRole("alert").filter({ hasText: text });
const tryAgain = (text: RegExp) => alert(text).getByRole("button", { name: "Try again" });
const engineStatus = () => page.getByRole("status", { name: "Engine", exact: true });
const addPhoto = (variant: number) =>
  page.getByLabel("Add photos").setInputFiles({
    name: `${variant}.png`,
    mimeType: "image/png",
    buffer: png(64, 64, stripes("red-upright", variant)),
  });
const unsorted = (text: string) =>
  page.getByRole("region", { name: "Unsorted", exact: true }).getByText(text, { exact: true });

test("decoders that cannot be loaded are named, the next photo tries again, and those before come in by the button", async () => {
  server.breakAt(/\/decoder-[^/]*\.js/);
  const why = notLoaded("the photo decoder");
  await page.getByRole("button", { name: "Use sample photos" }).click();
  await alert(why).waitFor();
  await expectFit(page);
  await addPhoto(1);
  await page.getByRole("progressbar", { name: "Adding photos" }).waitFor({ state: "detached" });
  await expect.poll(() => alert(why).count()).toBe(1);
  server.breakAt(null);
  await addPhoto(2);
  await unsorted("1 photo").waitFor();
  await tryAgain(why).click();
  await page.getByText("Added 90 photos.").waitFor();
  await unsorted("2 photos").waitFor();
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
});

test("without a connection the Train page lacks its charts only, says why, and draws them when it is back", async () => {
  await page.context().setOffline(true);
  await go(page, "Train");
  const why = notLoaded("the charts");
  await alert(why).waitFor();
  await expectFit(page);
  await expect.poll(() => page.getByRole("button", { name: "Train", exact: true }).isEnabled()).toBe(true);
  const chart = page.getByRole("figure", { name: "Loss" }).locator("svg");
  await expect.poll(() => chart.count()).toBe(0);
  await tryAgain(why).press("Enter");
  // The message stays, and with it the focus.
  await page.waitForTimeout(300);
  expect(await tryAgain(why).evaluate((button) => button === document.activeElement)).toBe(true);
  await page.context().setOffline(false);
  await tryAgain(why).press("Enter");
  await chart.first().waitFor();
  await expect.poll(() => alert(why).count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.querySelector("figure") !== null)).toBe(true);
  await go(page, "Data");
  await go(page, "Train");
  await chart.first().waitFor();
});

/** Whatever counts something in words cannot be drawn. @returns mends it */
async function breakPlurals(): Promise<() => Promise<void>> {
  const real = await page.evaluateHandle(() => Intl.PluralRules.prototype.select);
  await page.evaluate(() => {
    Intl.PluralRules.prototype.select = () => {
      throw new RangeError("broken on purpose");
    };
  });
  return () =>
    real.evaluate((select) => {
      Intl.PluralRules.prototype.select = select;
    });
}

test.each(["Data", "Train", "Evaluate", "Use", "Export"] as const)(
  "when %s cannot be drawn it says so, as does the engine's part of the page; both are drawn again when they can be",
  async (place) => {
    const other = place === "Use" ? "Export" : "Use";
    await go(page, other);
    const mend = await breakPlurals();
    await go(page, place);
    const why =
      /This page cannot be shown because of a fault in the app \(broken on purpose\).*The other pages still work/;
    // It says how many threads there are.
    const whyNoEngine = /This part cannot be shown because of a fault in the app \(broken on purpose\)/;
    await alert(why).waitFor();
    await alert(whyNoEngine).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(place);
    if (place === "Data") await expectFit(page);
    await tryAgain(why).click();
    await alert(why).waitFor();
    await go(page, other);
    await go(page, place);
    await mend();
    await tryAgain(why).click();
    await alert(why).waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await tryAgain(whyNoEngine).click();
    await engineStatus().filter({ hasText: "WebAssembly" }).waitFor();
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  },
);

test("a worker that stores and ends while its script is gone is named, and what was changed meanwhile is saved when it is back", async () => {
  await go(page, "Data");
  server.breakAt(/\/storing-[^/]*\.js/);
  await endWorker(storingOf(page));
  const why = notLoaded("what keeps your work in this browser");
  const notSaved = page.getByRole("button", { name: "Not saved: try again" });
  await page.getByRole("button", { name: "Add class" }).click();
  await notSaved.click();
  await alert(why).waitFor();
  server.breakAt(null);
  await tryAgain(why).click();
  await notSaved.waitFor({ state: "detached" });
  const classes = await page.getByRole("textbox", { name: "Class name" }).count();
  await page.reload();
  await unsorted("2 photos").waitFor();
  await expect.poll(() => page.getByRole("textbox", { name: "Class name" }).count()).toBe(classes);
});

test.each([
  ["the engine’s script", /\/worker-[^/]*\.js/, "the engine, which"],
  ["the script that stores", /\/storing-[^/]*\.js/, "what keeps your work in this browser"],
  ["its WebAssembly", /\.wasm$/, "the engine’s WebAssembly"],
  ["the built-in base model", /\/models\//, "the built-in base model"],
])("without %s the page says so, and starts when it is back", async (_, address, part) => {
  server.breakAt(address);
  const why = notLoaded(part);
  await page.reload();
  await alert(why).waitFor();
  await expectFit(page);
  server.breakAt(null);
  await tryAgain(why).click();
  await engineStatus().filter({ hasText: "WebAssembly" }).waitFor();
  await unsorted("2 photos").waitFor();
  await go(page, "Train");
  await page.getByRole("combobox", { name: "Base model" }).locator("option").first().waitFor({ state: "attached" });
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  await go(page, "Data");
});

test("WebAssembly that is back is fetched once, by the training that is asked for next", async () => {
  server.breakAt(/\.wasm$/);
  await page.reload();
  await page.getByText("The engine could not be started").waitFor();
  await go(page, "Train");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect.poll(() => page.getByRole("button", { name: "Stop", exact: true }).count()).toBe(0);
  await alert(notLoaded("the engine’s WebAssembly")).waitFor();
  server.breakAt(null);
  const before = server.answered.length;
  await page.getByRole("spinbutton", { name: "Epochs" }).fill("2");
  await train(page);
  await engineStatus().filter({ hasText: "WebAssembly, " }).waitFor();
  expect(server.answered.slice(before).filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
});

test("without the script of WebGPU the engine stays as it was and says so, and takes it when it is back", async () => {
  // The only script without a name of its own is the package's.
  server.breakAt(/\/dist-[^/]*\.js/);
  await page.reload();
  await engineStatus().filter({ hasText: "WebAssembly" }).waitFor();
  const backends = page.getByRole("combobox", { name: "Backend" });
  const labels = await backends.getByRole("option").allTextContents();
  const webgpu = labels.find((label) => label.startsWith("WebGPU")) ?? "missing";
  await backends.selectOption({ label: webgpu });
  const why = notLoaded("the engine’s WebGPU");
  await alert(why).waitFor();
  await expectFit(page);
  await engineStatus().filter({ hasText: "WebAssembly" }).waitFor();
  server.breakAt(null);
  await tryAgain(why).click();
  await engineStatus().filter({ hasText: "WebGPU" }).waitFor();
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  await backends.selectOption({ index: 0 });
  await engineStatus().filter({ hasText: "WebAssembly" }).waitFor();
});

test("without the loader of MobileNet a download says so, and works when it is back", async () => {
  server.breakAt(/\/mobilenet[^/]*\.js/);
  const asked: string[] = [];
  await page.context().route("https://tfhub.dev/**", async (route) => {
    asked.push(new URL(route.request().url()).host);
    await route.abort();
  });
  await go(page, "Train");
  await page
    .getByRole("combobox", { name: "Base model" })
    .selectOption({ label: "MobileNetV2 1.00 (14 MB, tfhub.dev)" });
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const why = notLoaded("the MobileNet loader");
  await alert(why).waitFor();
  await expectFit(page);
  expect(asked).toEqual([]);
  server.breakAt(null);
  await tryAgain(why).click();
  // Now it is the host that cannot be reached.
  await page.getByRole("alert").getByText("tfhub.dev").waitFor();
  await expect.poll(() => alert(why).count()).toBe(0);
  expect(asked[0]).toBe("tfhub.dev");
});

test("without the app's own script its page says what to do, and opens when it is back", async () => {
  server.breakAt(/\/index-[^/]*\.js/);
  await page.reload();
  await page.getByText("Headstart is opening. If it does not, check your connection").waitFor();
  server.breakAt(null);
  await page.getByRole("link", { name: "try again" }).click();
  await engineStatus().filter({ hasText: "WebAssembly" }).waitFor();
});
