/** Photos and data sets from public bug reports, which are not part of the repository: each as its README says. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { sentence } from "../../../src/app/words/faults.ts";
import { words } from "../../../src/app/words/words.ts";
import { checkPhoto } from "../../../src/formats/images/header.ts";
import { candidatesIn } from "../../../src/worker/incoming.ts";
import type { IncomingFile } from "../../../src/worker/protocol/index.ts";
import { questionsOn } from "../../../src/worker/questions.ts";
import { unpackerFor } from "../../../src/worker/unpacking.ts";

const CASES = resolve(fileURLToPath(new URL("../../../..", import.meta.url)), "shared", "cases");
const isHere = existsSync(CASES);
if (!isHere) console.warn("SKIPPED: the tests on data sets from bug reports need ../shared/cases, which is not here.");

function filesOf(name: string): IncomingFile[] {
  return readdirSync(join(CASES, name))
    .filter((file) => file !== "README.md")
    .map((path) => ({ path, blob: new Blob([new Uint8Array(readFileSync(join(CASES, name, path)))]) }));
}

/** Photos by class and split, and why files were refused. */
async function counted(files: readonly IncomingFile[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const { placement, problem } of candidatesIn(files, { expect() {} })) {
    if (placement.kind === "ignored") continue;
    const { className, fixedSplit } = placement;
    const key = problem ? sentence(words.faults, problem) : [className ?? "-", fixedSplit].filter(Boolean).join(" ");
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe.skipIf(!isHere)("a case of ../shared", () => {
  test.each([
    ["class-named-train", { bus: 5, car: 5, train: 5 }],
    ["class-with-subfolders", { cats: 8, dogs: 8 }],
    ["labels-in-csv", { pug: 6, beagle: 6 }],
    ["labels-in-file-names", { cat: 5, dog: 5, Unsorted: 3 }],
    ["masks-beside-photos", { "good train": 6, "good test": 3, "broken test": 3 }],
    ["photo-set-names", { "cat train": 4, "Cat train": 4, "CON train": 4 }],
    ["split-below-class", { "cat train": 6, "cat test": 3, "dog train": 6, "dog test": 3 }],
    ["split-folder-names", { "ring train": 6, "bar train": 6, "ring test": 3, "bar test": 3 }],
    ["zip-shift-jis", { 猫: 4, 犬: 4, ソファ: 4 }],
    ["zip-unicode-path", { Яблоко: 4, Груша: 4 }],
  ])("%s", async (name, expected) => {
    expect(await counted(filesOf(name))).toEqual(expected);
  });

  test("many-classes and long-class-name come in whole", async () => {
    expect(new Set(Object.values(await counted(filesOf("many-classes"))))).toEqual(new Set([3]));
    expect(Object.keys(await counted(filesOf("many-classes")))).toHaveLength(200);
    expect(Object.keys(await counted(filesOf("long-class-name"))).some((className) => className.length > 170)).toBe(
      true,
    );
  });

  test("archives-that-are-no-zip are opened", async () => {
    const [cifar, flowers] = filesOf("archives-that-are-no-zip");
    expect(Object.values(await counted(cifar ? [cifar] : [])).reduce((a, b) => a + b, 0)).toBe(10);
    expect(Object.keys(await counted(flowers ? [flowers] : [])).length).toBeGreaterThan(1);
  });

  test("zip-shift-jis asks which code page it is, the right one first, or is sure", async () => {
    const files = filesOf("zip-shift-jis");
    const [question] = await questionsOn(files, {}, unpackerFor(files));
    const [first] = question?.offers ?? [];
    if (first) expect(first.classes.map(({ name }) => name).sort()).toEqual(["ソファ", "犬", "猫"]);
  });

  test.each([
    ["avif-brands", "avif", 64, 40],
    ["png-exif-orientation", "png", 64, 40],
    ["jpeg-stray-bytes", "jpeg", null, null],
  ])("%s is taken", async (name, type, width, height) => {
    const [file] = filesOf(name);
    const header = checkPhoto(new Uint8Array(await (file?.blob ?? new Blob()).arrayBuffer()));
    expect(header.type).toBe(type);
    if (width !== null) expect([header.width, header.height]).toEqual([width, height]);
  });
});
