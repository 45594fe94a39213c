/** Photos by every way in, and what can be done with them. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadZip } from "client-zip";
import type { Page } from "playwright";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packedFile } from "../fixtures/packed.ts";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { film, png, stripes } from "./photos.ts";
import { addFolder, apply, go } from "./places.ts";

let app: App;
let page: Page;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-data-"));
  app = await openApp({ film: film(320, 240, 10, stripes("red-upright", 3)) });
  page = app.page;
  await page.getByRole("button", { name: "Use sample photos" }).waitFor();
});

afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const photo = (variant: number) => png(60, 60, stripes("red-upright", variant));
const file = (name: string, buffer: Buffer) => ({ name, mimeType: "application/octet-stream", buffer });
const counted = (className: string, text: string) =>
  page.getByRole("region", { name: className, exact: true }).getByText(text, { exact: true }).waitFor();
const alerted = (text: string | RegExp) => page.getByRole("alert").getByText(text).first().waitFor();

async function write(files: Record<string, Buffer>): Promise<string> {
  const root = join(folder, "set");
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  return root;
}

test("a zip's folders become classes, and so do CIFAR-10's; hidden files and strangers are counted in one message", async () => {
  const zip = await downloadZip([
    { name: "set/train/cat/1.png", input: photo(1) },
    { name: "set/test/cat/2.png", input: photo(2) },
    { name: "set/train/dog/3.png", input: photo(3) },
    { name: "__MACOSX/set/train/cat/._1.png", input: "x" },
    { name: "set/train/cat/.DS_Store", input: "x" },
    { name: "set/Thumbs.db", input: "x" },
    { name: "set/notes.txt", input: "hello" },
  ]).arrayBuffer();
  await page.getByLabel("Add zip").setInputFiles(file("set.zip", Buffer.from(zip)));
  await counted("cat", "2 photos");
  await counted("dog", "1 photo");
  await page.getByText(/4 files/).waitFor();

  const cifar = Buffer.from(packedFile("cifar-10-batches-py.tar.gz"));
  await page.getByLabel("Add zip").setInputFiles(file("cifar-10-python.tar.gz", cifar));
  await page.getByRole("status").filter({ hasText: "CIFAR-10: 10 classes." }).waitFor();
  for (const name of ["automobile", "bird", "deer", "frog", "horse", "ship", "truck"]) await counted(name, "1 photo");
  await counted("airplane", "2 photos");
  await counted("cat", "4 photos");
  await counted("dog", "2 photos");
});

test("what a set means is told from all of its names, and asked where it may mean several things", async () => {
  const cats = [1, 2, 3].map((at) => ({ name: `train/cat.${at}.png`, input: photo(at) }));
  const dogs = [4, 5].map((at) => ({ name: `train/dog.${at}.png`, input: photo(at) }));
  const kaggle = await downloadZip([...cats, ...dogs, { name: "test1/1.png", input: photo(6) }]).arrayBuffer();
  await page.getByLabel("Add zip").setInputFiles(file("train.zip", Buffer.from(kaggle)));
  await counted("cat", "3 photos");
  await counted("dog", "2 photos");
  await counted("Unsorted", "1 photo");
  const told = page.getByRole("status").filter({ hasText: "Kaggle-style names: 2 classes from file names." });
  await told.getByText("1 photo in “test1” has no label and is in “Unsorted”.").waitFor();
  await told.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("region", { name: /^Show this page photos/ }).waitFor();

  const kinds = ["cats/siamese", "cats/persian", "dogs/pug", "dogs/beagle"];
  const nested = Object.fromEntries(kinds.map((kind, at) => [`${kind}/1.png`, photo(10 + at)]));
  const dialog = page.getByRole("dialog", { name: "How to read these files" });
  await page.getByLabel("Add folders").setInputFiles(await write(nested));
  await dialog.getByRole("radio", { name: /One class per inner folder.*4 classes/ }).waitFor();
  await expectFit(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("region", { name: /^Show this page photos/ }).waitFor();

  await page.getByLabel("Add folders").setInputFiles(join(folder, "set"));
  await dialog.getByRole("radio", { name: /One class per outer folder.*2 classes/ }).check();
  await dialog.getByText("cats: 2 photos").waitFor();
  await dialog.getByRole("button", { name: "Use this" }).click();
  await counted("cats", "2 photos");
  await counted("dogs", "2 photos");
});

test("broken, empty and foreign files are named in one message, and the others go in", async () => {
  const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
  const huge = photo(9);
  huge.writeUInt32BE(30_000, 16);
  huge.writeUInt32BE(30_000, 20);
  const root = await write({
    "cat/good.png": photo(1),
    "cat/one-frame.gif": gif,
    "cat/broken.png": photo(2).subarray(0, 60),
    "cat/empty.jpg": Buffer.alloc(0),
    "cat/not-a-photo.jpg": Buffer.from("hello"),
    "cat/huge.png": huge,
  });
  await addFolder(page, root);
  await counted("cat", "2 photos");
  const alerts = page.getByRole("alert").filter({ hasText: "empty.jpg" });
  await alerts.waitFor();
  expect(await alerts.count()).toBe(1);
  const text = (await alerts.textContent()) ?? "";
  for (const name of ["broken.png", "empty.jpg", "not-a-photo.jpg", "huge.png"]) expect(text).toContain(name);
  expect(text).toMatch(/30,000 × 30,000 pixels/);
});

test("the same photo twice is one photo", async () => {
  await addFolder(page, await write({ "cat/1.png": photo(1), "cat/again.png": photo(1) }));
  await counted("cat", "1 photo");
});

test("files dropped anywhere go in, and loose photos go to the chosen class", async () => {
  await drop([["loose.png", photo(1)]]);
  await counted("Unsorted", "1 photo");
  await page.getByRole("button", { name: "Add class" }).click();
  const name = page.getByRole("textbox", { name: "Class name" }).last();
  await name.fill("Birds");
  await name.press("Enter");
  await page.getByRole("combobox", { name: "Loose photos go to" }).selectOption("Birds");
  await page.getByLabel("Add photos").setInputFiles(file("chosen.png", photo(2)));
  await counted("Birds", "1 photo");
});

test("a pasted picture goes in", async () => {
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "image.png", { type: "image/png" }));
    dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer }));
  }, photo(4).toString("base64"));
  await counted("Unsorted", "1 photo");
});

test("holding the button films photos into a class", async () => {
  await page.getByRole("button", { name: "Add class" }).click();
  await page.getByRole("button", { name: "Capture from camera" }).click();
  const hold = page.getByRole("button", { name: "Hold to record" });
  await expect.poll(() => hold.isEnabled(), { timeout: 20_000 }).toBe(true);
  await hold.hover();
  await page.mouse.down();
  await page.getByText(/^[3-9] photos taken$/).waitFor();
  await page.mouse.up();
  const taken = Number.parseInt(
    (await page
      .getByText(/photos? taken/)
      .first()
      .textContent()) ?? "",
    10,
  );
  await page.getByRole("button", { name: "Done" }).click();
  // A fake camera shows the same picture again and again; equal photos are kept once.
  await page
    .getByRole("region")
    .getByText(/^\d+ photos?$/)
    .waitFor();
  expect(taken).toBeGreaterThanOrEqual(3);
});

test("photos are selected with the keyboard, moved and deleted, and all of it is taken back", async () => {
  await addFolder(
    page,
    await write({ "cat/1.png": photo(1), "cat/2.png": photo(2), "cat/3.png": photo(3), "dog/4.png": photo(4) }),
  );
  await counted("cat", "3 photos");
  const cats = page.getByRole("region", { name: "cat", exact: true });
  await cats.getByRole("button", { name: "1.png" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await cats.getByText("2 photos selected").waitFor();
  await apply(cats, "Move to", "Move", "dog");
  await counted("dog", "3 photos");

  const dogs = page.getByRole("region", { name: "dog", exact: true });
  await dogs.getByRole("button", { name: "4.png" }).click();
  await dogs.getByRole("button", { name: "Delete photos" }).click();
  await counted("dog", "2 photos");
  await dogs.getByRole("button", { name: "Delete class" }).click();
  await dogs.waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Undo" }).click();
  await counted("dog", "2 photos");
  await page.keyboard.press("Control+z");
  await counted("dog", "3 photos");
  await page.getByRole("button", { name: "Undo" }).click();
  await counted("cat", "3 photos");
  await counted("dog", "1 photo");
});

test("a long import is cancelled at once and keeps what is in", async () => {
  const files = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`cat/${at}.png`, photo(at)]));
  await page.getByLabel("Add folders").setInputFiles(await write(files));
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("progressbar", { name: "Adding photos" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /Use sample photos/ }).waitFor();
  expect(app.complaints).toEqual([]);
});

test("a new project starts empty, and the old one stays in the list", async () => {
  await addFolder(page, await write({ "cat/1.png": photo(1) }));
  await counted("cat", "1 photo");
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByRole("heading", { name: /^Show this page photos/ }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: /^Show this page photos/ }).waitFor();
  await page.getByRole("button", { name: "Projects" }).click();
  await page.getByRole("list", { name: "Projects" }).getByRole("listitem").filter({ hasText: "1 photo" }).waitFor();
});

test("a class name that is taken is refused with why", async () => {
  await addFolder(page, await write({ "cat/1.png": photo(1), "dog/2.png": photo(2) }));
  const name = page.getByRole("region", { name: "dog", exact: true }).getByRole("textbox", { name: "Class name" });
  await name.fill("cat");
  await name.press("Enter");
  await alerted(/cat/);
  await counted("dog", "1 photo");
});

test("training is refused until it can work, with what is missing", async () => {
  await addFolder(page, await write({ "cat/1.png": photo(1) }));
  await go(page, "Train");
  await expect.poll(() => page.getByRole("button", { name: "Train", exact: true }).isDisabled()).toBe(true);
});

test("the theme is chosen and remembered", async () => {
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("button", { name: "Theme" }).click();
  await expect.poll(scheme).toBe("dark");
  await page.reload();
  await expect.poll(scheme).toBe("dark");
});

async function drop(files: [string, Buffer][]): Promise<void> {
  await page.evaluate(
    (given) => {
      const transfer = new DataTransfer();
      for (const [name, base64] of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type: "image/png" }));
      }
      const fire = (type: string) =>
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
      fire("dragenter");
      fire("drop");
    },
    files.map(([name, buffer]): [string, string] => [name, buffer.toString("base64")]),
  );
}
