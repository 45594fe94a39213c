import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Dataset, type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { readZip } from "../../../src/formats/archives/zip.ts";
import type { ZipFile } from "../../../src/formats/archives/zip-stream.ts";
import { type ProjectContents, projectFiles, readProjectFile } from "../../../src/formats/project/file.ts";
import type { BaseModelCard, Classifier } from "../../../src/network/model.ts";
import { PROJECT_VERSION } from "../../../src/project/migrate.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { sayingLater } from "../../fixtures/saying.ts";
import { PREPROCESSING, smallBase } from "../../fixtures/small-base.ts";
import { difference, run, somePhotos } from "./models.ts";
import { bytesOf, collected, zipOf } from "./zips.ts";

const sha256 = async (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const idOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** A photo whose bytes are a text. */
const sample = (text: string, classId: string, fileName: string, change: Partial<Sample> = {}): Sample => ({
  ...UNTOUCHED,
  ...{ photo: idOf(text), classId, fileName, width: 4, height: 3, fixedSplit: null, looks: null },
  ...change,
});

const TEXTS = ["one", "two", "three", "four"];
const DATASET: Dataset = {
  classes: [
    { id: "a", name: "cat/dog", colour: 3 },
    { id: "b", name: "cat:dog" },
    { id: "unsorted", name: "Unsorted" },
  ],
  samples: [
    sample("one", "a", "IMG_1.jpg", { fixedSplit: "test", cleared: ["blurred"] }),
    sample("two", "a", "img_1.JPG", {
      burst: "film",
      looks: { hash: "00ff00ff00ff00ff", sharpness: 3.5, brightness: 0.5 },
    }),
    sample("three", "b", "con.png", { excluded: true }),
    sample("four", "unsorted", "später 🐈.webp"),
  ],
};
const FACTS = {
  ...{
    name: "Pets",
    classNames: ["cat/dog", "cat:dog"],
    baseModelName: "Small",
    crop: "center" as const,
    parameters: 10,
  },
  ...{ inputSize: { height: 16, width: 16 }, trainedAt: "2026-01-02T03:04:05.000Z" },
};
const classifier: Classifier = {
  name: "Pets",
  classNames: ["1", "2", "3", "4", "5", "6", "7", "8"],
  preprocessing: PREPROCESSING,
  network: smallBase(),
};
const card: BaseModelCard = {
  ...{ id: "abc", name: "Small", preprocessing: PREPROCESSING, embeddingSize: 8, parameters: 1, multiplyAdds: 2 },
  ...{ blocks: 3, bytes: 4, source: "your file", fedBy: "guess" },
};
const project = {
  ...{
    name: "Pets",
    dataset: DATASET,
    groups: [[idOf("one"), idOf("two")]],
    baseModelId: "abc",
  },
  settings: { ...DEFAULT_SETTINGS, epochs: 7 },
};
const CONTENTS: ProjectContents = {
  project,
  runs: [],
  classifier: { classifier, summary: { ...FACTS, runId: null } },
  baseModel: { card, network: smallBase() },
  savedAt: "2026-01-02T03:04:05.000Z",
};

async function filesOf(contents: ProjectContents): Promise<ZipFile[]> {
  const readPhoto = async ({ photo }: Sample) => bytesOf(TEXTS.find((text) => idOf(text) === photo) ?? "");
  return collected(projectFiles(contents, readPhoto, sha256));
}

async function open(files: readonly ZipFile[], name = "pets.zip") {
  const file = await readProjectFile(await readZip(await zipOf(files), name), name, sha256);
  if (!file) throw new Error("not recognised");
  return file;
}

/** The same files with another manifest. */
function withManifest(files: readonly ZipFile[], change: (manifest: Record<string, unknown>) => object): ZipFile[] {
  return files.map((file) =>
    file.path === "manifest.json"
      ? { ...file, bytes: bytesOf(JSON.stringify(change(JSON.parse(new TextDecoder().decode(file.bytes))))) }
      : file,
  );
}

describe("a project file", () => {
  test("holds the photos under readable names, each once whatever the case, that every file system takes", async () => {
    const files = await filesOf(CONTENTS);
    expect(files.map(({ path }) => path).filter((path) => path.startsWith("photos/"))).toEqual([
      "photos/cat-dog/IMG_1.jpg",
      "photos/cat-dog/img_1 (2).JPG",
      "photos/cat-dog (2)/_con.png",
      "photos/Unsorted/später 🐈.webp",
    ]);
  });

  test("gives back state, photos and models", async () => {
    const file = await open(await filesOf(CONTENTS));
    const { dataset, ...state } = file.manifest.project;
    const { dataset: _, ...expected } = project;
    expect(state).toEqual(expected);
    expect(dataset.classes).toEqual(DATASET.classes);
    expect(dataset.samples.map(({ path: _path, size: _size, ...rest }) => rest)).toEqual(DATASET.samples);
    const texts = await Promise.all(dataset.samples.map(async (photo) => (await file.photo(photo)).text()));
    expect(texts).toEqual(TEXTS);
    expect(file.manifest.classifier?.summary).toEqual(FACTS);
    const input = somePhotos(classifier.network);
    const original = run(classifier.network, input);
    const [opened, base] = [await file.classifier(), await file.baseModel()];
    expect(opened && difference(run(opened.network, input), original)).toBeLessThan(1e-5);
    expect(base && difference(run(base.network, input), original)).toBeLessThan(1e-5);
    expect(base?.card).toEqual(card);
  });

  test("needs neither classifier nor base model", async () => {
    const file = await open(await filesOf({ ...CONTENTS, classifier: null, baseModel: null }));
    expect([await file.classifier(), await file.baseModel()]).toEqual([null, null]);
  });

  test("is found in the folder that a file manager puts around it", async () => {
    const files = await filesOf(CONTENTS);
    const file = await open(files.map((each) => ({ ...each, path: `Pets/${each.path}` })));
    const [first] = file.manifest.project.dataset.samples;
    expect(first && (await (await file.photo(first)).text())).toBe("one");
  });

  test("leaves out a photo that cannot be read any more", async () => {
    const readPhoto = async ({ fileName }: Sample) => (fileName === "con.png" ? null : bytesOf("one"));
    const files = await collected(projectFiles(CONTENTS, readPhoto, sha256));
    const { samples } = (await open(files)).manifest.project.dataset;
    expect(samples.map(({ fileName }) => fileName)).toEqual(["IMG_1.jpg", "img_1.JPG", "später 🐈.webp"]);
  });

  test("of version 1, before photos could be left out, is brought to today's shape", async () => {
    const old = withManifest(await filesOf({ ...CONTENTS, classifier: null, baseModel: null }), (manifest) => {
      const photo = { photo: idOf("one"), classId: "a", fileName: "1.jpg", width: 4, height: 3, fixedSplit: "test" };
      const samples = [{ ...photo, path: "photos/cat-dog/IMG_1.jpg", size: 3 }];
      const { groups: _groups, ...rest } = project;
      return {
        ...manifest,
        version: 1,
        project: { ...rest, lastRun: null, dataset: { classes: [{ id: "a", name: "cat" }], samples } },
      };
    });
    const { manifest } = await open(old);
    const { dataset, groups } = manifest.project;
    expect(dataset.samples).toMatchObject([
      { excluded: false, burst: null, looks: null, cleared: [], fixedSplit: "test" },
    ]);
    expect([groups, manifest.runs, manifest.earlierRuns]).toEqual([[], [], []]);
  });

  test("of a newer Headstart is refused with what to do", async () => {
    const newer = withManifest(await filesOf(CONTENTS), (manifest) => ({ ...manifest, version: PROJECT_VERSION + 1 }));
    expect(await sayingLater(open(newer))).toMatch(
      /pets\.zip was saved by a newer Headstart .*Open it with the newest Headstart/,
    );
  });

  test.each<[string, object, RegExp]>([
    ["a class that is not there", { dataset: { classes: [], samples: DATASET.samples } }, /project\.dataset.*class/],
    ["a number where a name should be", { name: 5 }, /project\.name/],
    ["no photos at all", { dataset: { classes: [] } }, /project\.dataset\.samples/],
  ])("with %s names the field", async (_, change, message) => {
    const wrong = withManifest(await filesOf(CONTENTS), (manifest) => {
      const samples = (manifest.project as typeof project).dataset.samples;
      const given = change as { dataset?: Dataset };
      const dataset = given.dataset?.samples ? { ...given.dataset, samples } : given.dataset;
      return { ...manifest, project: { ...(manifest.project as object), ...change, ...(dataset && { dataset }) } };
    });
    expect(await sayingLater(open(wrong))).toMatch(message);
  });

  test("with changed weights opens, and says so when they are read", async () => {
    const files = (await filesOf(CONTENTS)).map((file) =>
      file.path === "classifier/weights.bin" ? { ...file, bytes: file.bytes.map((byte) => byte ^ 1) } : file,
    );
    expect(await sayingLater((await open(files)).classifier())).toMatch(/classifier\/weights\.bin.*is damaged/);
  });

  const withSettings = async (settings: object) =>
    open(
      withManifest(await filesOf(CONTENTS), (manifest) => ({
        ...manifest,
        project: { ...(manifest.project as object), settings },
      })),
    );

  test("settings out of range give way to the defaults, and those that came later are filled in as it was before", async () => {
    const filled = { ...DEFAULT_SETTINGS, solver: "gradient", epochs: 12 };
    expect((await withSettings({ epochs: 12 })).manifest.project.settings).toEqual(filled);
    const { settings } = (await withSettings({ epochs: 12, batchSize: 0, testShare: 0.95 })).manifest.project;
    expect(settings).toEqual(filled);
  });

  test("saved while a box was empty opens, with that setting as it is by default", async () => {
    // JSON of the settings that an emptied box once made.
    const emptied = JSON.parse(JSON.stringify({ ...DEFAULT_SETTINGS, epochs: Number.NaN, patience: 5 }));
    expect(emptied.epochs).toBeNull();
    expect((await withSettings(emptied)).manifest.project.settings).toEqual({ ...DEFAULT_SETTINGS, patience: 5 });
  });

  test("with a word where a number should be names the setting", async () => {
    await expect(withSettings({ epochs: "many" })).rejects.toThrow(/project\.settings\.epochs/);
  });
});

test("a zip with another manifest is no project", async () => {
  const zip = await zipOf([{ path: "manifest.json", bytes: bytesOf('{"type":"image"}') }]);
  expect(await readProjectFile(await readZip(zip, "other.zip"), "other.zip", sha256)).toBeNull();
});
