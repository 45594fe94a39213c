/** Photos by every way in, and what can be done with them. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadZip } from "client-zip";
import type { Page } from "playwright";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packedFile } from "../fixtures/packed.ts";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { filmOf, png, stripes } from "./photos.ts";
import { addFolder, apply, go } from "./places.ts";

/** A second, after which it begins again. */
const FILM = Array.from({ length: 30 }, (_, variant) => stripes("red-upright", variant));

let app: App;
let page: Page;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headstart-data-"));
  app = await openApp({ film: filmOf(320, 240, FILM) });
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
  await expect.poll(() => alerts.count()).toBe(1);
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

test("each hold is a recording that is counted, a tap takes one photo, and the timer needs no hand", async () => {
  await page.getByRole("button", { name: "Add class" }).click();
  await page.getByRole("button", { name: "Capture from camera" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/^Each recording stays together, in training or in the test\. Make 3 or more/).waitFor();
  const hold = page.getByRole("button", { name: "Hold to record" });
  await expect.poll(() => hold.isEnabled(), { timeout: 20_000 }).toBe(true);
  await hold.hover();
  await page.mouse.down();
  await dialog.getByText(/^Recording 1: ([3-9]|\d\d+) photos$/).waitFor();
  await page.mouse.up();
  // What the fake camera shows may come again, and equal photos are kept once: tapped until one is new.
  const told = () =>
    dialog
      .getByRole("paragraph")
      .filter({ hasText: /^Recording 1: / })
      .first()
      .textContent();
  const afterHold = await told();
  await expect
    .poll(
      async () => {
        await hold.click();
        return told();
      },
      { timeout: 30_000 },
    )
    .not.toBe(afterHold);

  await dialog.getByText("Camera settings").click();
  await dialog.getByRole("combobox", { name: "Timer records for" }).selectOption("2 seconds");
  await dialog.getByRole("checkbox", { name: "Mirror" }).uncheck();
  await expect
    .poll(() => dialog.getByRole("combobox", { name: "Resolution" }).locator("option").count())
    .toBeGreaterThan(0);
  const afterTap = await told();
  await dialog.getByRole("button", { name: "Start timer" }).click();
  await expect.poll(() => hold.isDisabled()).toBe(true);
  await dialog.getByRole("button", { name: "Stop timer" }).waitFor({ state: "detached" });
  await expect.poll(told, { timeout: 20_000 }).not.toBe(afterTap);
  await dialog.getByText("Each recording stays together, in training or in the test.", { exact: true }).waitFor();
  await expectFit(page);
  await page.getByRole("button", { name: "Done" }).click();
  await page
    .getByRole("region")
    .getByText(/^\d+ photos?$/)
    .waitFor();
});

test("a camera that was denied is tried again when it is allowed", async () => {
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    let denied = 2;
    mediaDevices.getUserMedia = async (wanted) => {
      denied -= 1;
      if (denied >= 0) throw new DOMException("", "NotAllowedError");
      return open(wanted);
    };
  });
  await page.getByRole("button", { name: "Add class" }).click();
  await page.getByRole("button", { name: "Capture from camera" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/^The camera is blocked for this page\. Allow it in the browser’s address bar/).waitFor();
  const hold = dialog.getByRole("button", { name: "Hold to record" });
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => hold.isDisabled()).toBe(true);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => hold.isEnabled(), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => dialog.getByText(/blocked/).count()).toBe(0);
});

test("frames of videos become the photos of one recording each; what cannot be played is named", async () => {
  const clip = async (name: string) => readFile(new URL(`../fixtures/${name}`, import.meta.url));
  await drop([
    ["sea.webm", await clip("clip.webm")],
    ["cliff.mp4", await clip("clip.mp4")],
    ["broken.mov", Buffer.from("no video at all")],
    ["loose.png", photo(1)],
  ]);
  await counted("Unsorted", "1 photo");
  const sea = page.getByRole("dialog", { name: "Photos from “sea.webm”" });
  await sea.getByText("4 seconds, 96 × 64 pixels").waitFor();
  await sea.getByText(/^That makes 8 photos\. They stay together as one recording/).waitFor();
  await expectFit(page);
  await sea.getByRole("combobox", { name: "Take a frame" }).selectOption("Every second");
  await sea.getByText(/^That makes 4 photos\./).waitFor();
  await sea.getByRole("button", { name: "Take photos" }).click();
  await page.getByText("sea.webm: Added 4 photos.").waitFor();
  await counted("sea", "4 photos");

  const cliff = page.getByRole("dialog", { name: "Photos from “cliff.mp4”" });
  await cliff.getByText("4 seconds, 96 × 64 pixels").waitFor();
  await cliff.getByRole("combobox", { name: "For the class" }).selectOption("sea");
  await cliff.getByRole("button", { name: "Take photos" }).click();
  await counted("sea", "12 photos");

  const broken = page.getByRole("dialog", { name: "Photos from “broken.mov”" });
  await broken.getByText(/^broken\.mov cannot be played by this browser: .* Save it as an MP4 with H\.264/).waitFor();
  await expect.poll(() => broken.getByRole("button", { name: "Take photos" }).isDisabled()).toBe(true);
  await broken.getByRole("button", { name: "Cancel" }).click();
  await page
    .getByRole("region", { name: "sea", exact: true })
    .getByRole("button", { name: "Capture from camera" })
    .click();
  await page.getByText("Recording 1: 4 photos, Recording 2: 8 photos", { exact: true }).waitFor();
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
