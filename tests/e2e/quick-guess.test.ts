/** Quick guesses while photos are being collected: in the camera's dialog, beside what was added last, and in Sort. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectFit } from "./axe.ts";
import { type App, openApp } from "./browser.ts";
import { filmOf, png, stripes } from "./photos.ts";
import { go } from "./places.ts";

type Kind = Parameters<typeof stripes>[0];

/** Named by numbers, even for red ones: names that say a class would be sorted by it. */
const file = (kind: Kind, variant: number) => ({
  name: `${2 * variant + (kind === "red-upright" ? 0 : 1)}.png`,
  mimeType: "image/png",
  buffer: png(64, 64, stripes(kind, variant)),
});
const LOOSE = [10, 11, 12, 13].flatMap((variant) => [file("red-upright", variant), file("blue-level", variant)]);

let app: App;
beforeAll(async () => {
  // Moving stripes: equal photos would be kept once.
  const painters = Array.from({ length: 24 }, (_, at) => stripes("blue-level", 40 + at));
  const film = filmOf(
    160,
    120,
    painters.flatMap((paint) => new Array(3).fill(paint)),
  );
  app = await openApp({ film, choices: {} });
});
afterAll(async () => {
  expect(app.complaints).toEqual([]);
  await app.close();
});

const guess = () => app.page.getByRole("status", { name: "Quick guess" });
const guessed = (className: string) =>
  expect
    .poll(() => guess().textContent(), { timeout: 30_000 })
    .toMatch(new RegExp(`^${className} \\d+\\.\\d%, not tested$`));
const region = (name: string) => app.page.getByRole("region", { name, exact: true });
const addClass = () => app.page.getByRole("button", { name: "Add class" }).click();

/** Adds loose photos into a class, or into none. */
async function addInto(className: string, ...files: readonly ReturnType<typeof file>[]): Promise<void> {
  const { page } = app;
  const into = page.getByRole("combobox", { name: "Loose photos go to" });
  await into.selectOption({ label: className });
  await page.getByLabel("Add photos").setInputFiles([...files]);
  await region(className).getByText(`${files.length} photos`, { exact: true }).waitFor();
}

const shown = async () => (await photoToSort().locator("p").first().textContent()) ?? "";
const photoToSort = () => app.page.getByRole("region", { name: "Photo to sort" });
const kindOf = (fileName: string) => (Number.parseInt(fileName, 10) % 2 === 0 ? "red-upright" : "blue-level");

/** Gives three photos of each kind the class with this key, and passes the others by. */
async function sortThreeOfEach(keys: Readonly<Record<Kind, string>>): Promise<void> {
  const left = { "red-upright": 3, "blue-level": 3 };
  while (left["red-upright"] + left["blue-level"] > 0) {
    // Never enough before the last one.
    await expect.poll(() => guess().textContent()).toBe("");
    const before = await shown();
    const kind = kindOf(before);
    const key = left[kind] > 0 ? keys[kind] : "s";
    if (key !== "s") left[kind] -= 1;
    await app.page.keyboard.press(key);
    await expect.poll(shown).not.toBe(before);
  }
}

describe("in one session", () => {
  test("the camera's dialog says nothing before there are two classes of three photos, and then while it records", async () => {
    const { page } = app;
    await addClass();
    await addClass();
    await addInto("Class 1", ...[0, 1, 2].map((variant) => file("red-upright", variant)));
    await addInto("Class 2", ...[0, 1].map((variant) => file("blue-level", variant)));
    await region("Class 2").getByRole("button", { name: "Capture from camera" }).click();
    const hold = page.getByRole("button", { name: "Hold to record" });
    await expect.poll(() => hold.isEnabled(), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => guess().textContent()).toBe("");

    await hold.hover();
    await page.mouse.down();
    await guessed("Class 2");
    await expect.poll(() => page.getByRole("button", { name: "Recording …" }).isVisible()).toBe(true);
    await page.mouse.up();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Quick guess, not tested").waitFor();
    for (const name of ["Class 1", "Class 2"]) expect(await dialog.getByTitle(name).count()).toBe(1);
    await expectFit(page);
    await page.getByRole("button", { name: "Done" }).click();
  });

  test("what was added last is guessed as if its class were not known, and nobody takes it for a trained classifier", async () => {
    const { page } = app;
    await guessed("Class 2");
    await region("Class 1").getByRole("button", { name: "Delete class" }).click();
    await expect.poll(() => guess().textContent()).toBe("");
    await page.getByRole("button", { name: "Undo" }).first().click();
    await guessed("Class 2");
    await go(page, "Use");
    await expect.poll(() => page.getByRole("button", { name: "Start camera" }).count()).toBe(0);
    await expect.poll(() => guess().count()).toBe(0);
  });

  test("Sort shows what each photo would be called, and Enter takes it", async () => {
    const { page } = app;
    await go(page, "Data");
    await addInto("Unsorted", file("red-upright", 20), file("blue-level", 20), file("red-upright", 21));
    await page.getByRole("link", { name: "Sort", exact: true }).click();
    const classOf = (fileName: string) => (kindOf(fileName) === "red-upright" ? "Class 1" : "Class 2");
    for (let photo = 0; photo < 3; photo++) {
      const before = await shown();
      await guessed(classOf(before));
      await page.keyboard.press("s");
      await expect.poll(shown).not.toBe(before);
    }
    await expectFit(page);
    const fileName = await shown();
    await page.getByRole("button", { name: `Accept ${classOf(fileName)}` }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText(`${fileName} sorted into ${classOf(fileName)}.`).waitFor();
  });

  test("other labels, other answers: each project learns from its own", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "New project" }).click();
    await go(page, "Data");
    await addClass();
    await addClass();
    await addInto("Unsorted", ...LOOSE);
    await page.getByRole("link", { name: "Sort", exact: true }).click();
    await sortThreeOfEach({ "red-upright": "1", "blue-level": "2" });
    await guessed(kindOf(await shown()) === "red-upright" ? "Class 1" : "Class 2");
    // All of it the other way round.
    for (let step = 0; step < 6; step++) await page.keyboard.press("z");
    await page.getByText("0 of 8 sorted").waitFor();
    await expect.poll(() => guess().textContent()).toBe("");
    await sortThreeOfEach({ "red-upright": "2", "blue-level": "1" });
    await guessed(kindOf(await shown()) === "red-upright" ? "Class 2" : "Class 1");
  });

  test("it goes with the photos that are prepared ahead, and when they are not, it says nothing", async () => {
    const ahead = app.page.getByRole("checkbox", { name: "Prepare photos ahead" });
    await ahead.uncheck();
    await expect.poll(() => guess().textContent()).toBe("");
    await ahead.check();
    await guessed(kindOf(await shown()) === "red-upright" ? "Class 2" : "Class 1");
  });
});
