/** Base models from elsewhere: asked for first, fetched, kept, and a host that is away. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type App, openApp } from "./browser.ts";
import { focused, go } from "./places.ts";
import { hasShared, sharedModel } from "./shared.ts";

const HOST = "https://storage.googleapis.com/**";
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
let app: App;

beforeEach(async () => {
  app = await openApp({ url: inject("shippedUrl") });
  await go(app.page, "Train");
});
afterEach(() => app.close());

/** Answers for the official host with the built-in model's files, a weight changed so that it is another model. */
async function answerForHost(): Promise<string[]> {
  const asked: string[] = [];
  await app.page.context().route(HOST, async (route) => {
    const name = route.request().url().split("/").at(-1) ?? "";
    asked.push(route.request().url());
    const body = await readFile(fileURLToPath(new URL(`../../public/models/${name}`, import.meta.url)));
    if (name === "weights.bin") body[0] = (body[0] ?? 0) ^ 1;
    await route.fulfill({
      body,
      headers: { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" },
    });
  });
  return asked;
}

test("the recommended one is named with its host and size, fetched on demand, and kept", async () => {
  const { page } = app;
  const asked = await answerForHost();
  await page.getByRole("table", { name: "Test accuracy on four sets of photos" }).waitFor();
  await page.getByRole("link", { name: "notice" }).waitFor();
  await page.getByRole("button", { name: /Get it \(1\.7 MB\)/ }).click();
  await expect.poll(() => focused(page)).toBe("Base model");
  await page.getByText(/downloads 1\.7 MB from storage\.googleapis\.com/).waitFor();
  expect(asked).toEqual([]);
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.getByText("MobileNetV2 0.35 is ready and kept for offline use.").waitFor();
  await expect.poll(() => focused(page)).toBe("Base model");
  expect(asked.every((url) => url.includes("mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top"))).toBe(
    true,
  );

  await page.context().unroute(HOST);
  await page.reload();
  await expect
    .poll(() => page.getByRole("combobox", { name: "Base model" }).locator("option:checked").textContent())
    .toBe("MobileNetV2 0.35");

  // Deleted, it can be had back; the focus stays with the list.
  const chosen = () => page.getByRole("combobox", { name: "Base model" }).locator("option:checked").textContent();
  await page.getByRole("button", { name: "Remove from this browser" }).click();
  await expect.poll(chosen).toBe("EfficientNet-Lite0");
  await expect.poll(() => focused(page)).toBe("Base model");
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect.poll(chosen).toBe("MobileNetV2 0.35");
});

test("an unreachable host is a message, and the choice stays", async () => {
  const { page } = app;
  await page.context().route(HOST, (route) => route.abort());
  await page.getByRole("button", { name: /Get it/ }).click();
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/storage\.googleapis\.com could not be reached/)
    .waitFor();
  await page.getByRole("combobox", { name: "Base model" }).selectOption({ label: "EfficientNet-Lite0" });
  await page.getByText("built in", { exact: true }).waitFor();
});

test("a Keras file is recognised by what is in it, whatever its name and size, and kept", async () => {
  const { page } = app;
  const folder = await mkdtemp(join(tmpdir(), "headstart-"));
  // 88 MB, as the published file.
  const path = join(folder, "weights.bin");
  await writeFile(path, gunzipSync(await readFile(fixture("inception-v3.h5.gz"))));
  await page.getByText("Use another model").click();
  await page.getByLabel("Add base model").setInputFiles(path);
  await page.getByText("InceptionV3 is ready and kept for offline use.").waitFor();
  await rm(folder, { recursive: true });
  await page.reload();
  await go(page, "Train");
  await page.getByText("299 × 299 pixels").waitFor();
});

test("files of ONNX and of TensorFlow Lite are base models too", async () => {
  const { page } = app;
  await page.getByText("Use another model").click();
  for (const [path, name] of [
    ["onnx/mobile.onnx", "mobile"],
    ["tflite/plain.tflite", "plain"],
  ] as const) {
    await page.getByLabel("Add base model").setInputFiles(fixture(path));
    await page.getByText(`${name} is ready and kept for offline use.`).waitFor();
  }
  // It says by itself how it is fed.
  expect(await page.getByRole("combobox", { name: "Pixels", exact: true }).count()).toBe(0);
});

test("where a file does not say how pixels are scaled, the guess is shown and can be changed", async () => {
  const { page } = app;
  await page.getByText("Use another model").click();
  await page.getByLabel("Add base model").setInputFiles(fixture("tflite/mobile.tflite"));
  await page.getByText(/mobile is ready.* −1 to 1 is a guess\.$/).waitFor();
  await page.getByText("−1 to 1 (a guess: the file does not say)").waitFor();
  await page.getByRole("combobox", { name: "Pixels", exact: true }).selectOption({ label: "0 to 1" });
  await page.getByText("0 to 1 (your choice: the file does not say)").waitFor();
  const models = page.getByRole("combobox", { name: "Base model" });
  await expect.poll(() => models.locator("option:checked").textContent()).toBe("mobile (pixels 0 to 1)");
  // The same weights, fed in another way, are another base model.
  await models.selectOption({ label: "mobile (pixels −1 to 1)" });
  await page.getByText("−1 to 1 (a guess: the file does not say)").waitFor();
});

test("a Keras file comes from its address too", async () => {
  const { page } = app;
  const body = gunzipSync(await readFile(fixture("mobilenet-v1.weights.h5.gz")));
  await page.context().route(HOST, (route) => route.fulfill({ body, headers: { "access-control-allow-origin": "*" } }));
  await page.getByText("Use another model").click();
  await page
    .getByLabel("Model address")
    .fill("https://storage.googleapis.com/tfjs-models/somewhere/mobilenet.weights.h5");
  await page.getByRole("button", { name: "Fetch" }).click();
  await page.getByText("MobileNetV1 0.25 is ready and kept for offline use.").waitFor();
});

test("something that is no model is refused with what is missing", async () => {
  const { page } = app;
  await page.getByText("Use another model").click();
  const file = { name: "weights.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(8) };
  await page.getByLabel("Add base model").setInputFiles(file);
  await page
    .getByRole("alert")
    .getByText(/not their model\.json/)
    .waitFor();
  // Beside the control, and gone when another base model is chosen.
  await expect.poll(() => page.getByRole("main").getByRole("alert").count()).toBe(1);
  await page.getByRole("combobox", { name: "Base model" }).selectOption({ index: 1 });
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
});

test.skipIf(!hasShared)("MobileNet comes through its own package from its own host, and is kept", async () => {
  const { page } = app;
  const files = sharedModel("mobilenet_v1_025_224_graph");
  await page.context().route("https://tfhub.dev/**", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1);
    const path = files.find((file) => file.endsWith(`/${name}`));
    const headers = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };
    await (path ? route.fulfill({ path, headers }) : route.abort());
  });
  const models = page.getByRole("combobox", { name: "Base model" });
  await models.selectOption({ label: "MobileNetV2 1.00 (14 MB, tfhub.dev)" });
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.getByText("MobileNetV2 1.00 is ready and kept for offline use.").waitFor();
});
