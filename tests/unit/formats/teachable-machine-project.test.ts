import { expect, test } from "vitest";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { teachableMachineSamples } from "../../../src/formats/datasets/teachable-machine-project.ts";
import { sayingLater } from "../../fixtures/saying.ts";
import { bytesOf, zipOf } from "./zips.ts";

/** As TeachableMachine-Scraper's `ManifestConfiguration` writes it. */
const MANIFEST = {
  type: "image",
  version: "2.4.4",
  appdata: { publishResults: {}, trainEpochs: 50, trainBatchSize: 16, trainLearningRate: 0.001 },
};

async function samplesIn(paths: readonly string[], json: Record<string, unknown>) {
  const texts = Object.entries(json).map(([path, value]) => ({ path, bytes: bytesOf(JSON.stringify(value)) }));
  const zip = await zipOf([...paths.map((path) => ({ path, bytes: bytesOf(path) })), ...texts]);
  const samples = await teachableMachineSamples(await readZip(zip, "project.tm"));
  return samples && [...samples].map(([path, { className, fileName }]) => [path, className, fileName]);
}

test("a project's photos are named after their classes, which keep the zip's order", async () => {
  const paths = ["Hund-!-0.jpg", "Hund-!-10.jpg", "a-!-b-!-0.png", "cat/dog-!-1.jpg"];
  expect(await samplesIn(paths, { "manifest.json": MANIFEST })).toEqual([
    ["Hund-!-0.jpg", "Hund", "0.jpg"],
    ["Hund-!-10.jpg", "Hund", "10.jpg"],
    ["a-!-b-!-0.png", "a-!-b", "0.png"],
    ["cat/dog-!-1.jpg", "cat/dog", "1.jpg"],
  ]);
});

test("the folder that a file manager puts around it is no part of a class's name", async () => {
  expect(await samplesIn(["project/Hund-!-0.jpg"], { "project/manifest.json": MANIFEST })).toEqual([
    ["project/Hund-!-0.jpg", "Hund", "0.jpg"],
  ]);
});

test("a project of sounds is refused", async () => {
  const audio = { "manifest.json": { ...MANIFEST, type: "audio" } };
  expect(await sayingLater(samplesIn(["Clap-!-0.webm"], audio))).toMatch(/of sounds/);
});

test("samples by number get their names from the labels", async () => {
  const paths = ["samples/0_0.png", "samples/1_0.png", "samples/7_0.png", "model.json"];
  expect(await samplesIn(paths, { "metadata.json": { labels: ["rock", "paper"] } })).toEqual([
    ["samples/0_0.png", "rock", "0.png"],
    ["samples/1_0.png", "paper", "0.png"],
  ]);
});

test("folders of photos are no project", async () => {
  expect(await samplesIn(["cat/1.jpg", "dog/-!-.jpg"], {})).toBeNull();
});
