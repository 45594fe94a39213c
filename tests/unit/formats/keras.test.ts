import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { DeviceNetwork } from "../../../src/engine/device-network.ts";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { readKerasModel } from "../../../src/formats/models/keras-model.ts";
import { readModelFiles } from "../../../src/formats/models/model-files.ts";
import type { Network } from "../../../src/network/network.ts";
import { uniform } from "../../fixtures/rule.ts";
import { saying } from "../../fixtures/saying.ts";

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));
const zipped = (name: string) => new Uint8Array(gunzipSync(fixture(`${name}.gz`)));

async function kerasFiles() {
  const entries = await readZip(new Blob([fixture("tiny.keras")]), "tiny.keras");
  return Promise.all(
    entries.map(async ({ path, blob }) => ({ path, bytes: new Uint8Array(await (await blob()).arrayBuffer()) })),
  );
}

/** Probabilities of the pixels that the fixtures' script gave Keras. */
async function predict(network: Network): Promise<number[]> {
  await tf.setBackend("cpu");
  const pixels = Float32Array.from(uniform("pixels", 18 * 20 * 3), (u) => Math.floor(256 * u));
  const device = new DeviceNetwork(network);
  return [...device.run(tf.tensor4d(pixels, [1, 18, 20, 3])).dataSync()];
}

describe("a whole model", () => {
  const expected = JSON.parse(new TextDecoder().decode(fixture("tiny.json"))) as number[];

  test.each([
    ["tiny.keras", kerasFiles],
    ["tiny.h5", async () => [{ path: "tiny.h5", bytes: fixture("tiny.h5") }]],
  ])("%s gives Keras's answer", async (_, files) => {
    const model = readModelFiles(await files());
    if (model.kind !== "network") throw new Error("It is no classifier with names.");
    // It rescales by itself, so it is fed pixels as they are.
    expect(model.preprocessing).toMatchObject({ height: 18, width: 20, scale: [1, 1, 1], offset: [0, 0, 0] });
    const found = await predict(model.network);
    for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 5);
  });

  test("an unknown layer is named", async () => {
    const files = await kerasFiles();
    const changed = files.map(({ path, bytes }) =>
      path === "config.json"
        ? { path, bytes: new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"Add"', '"Dot"')) }
        : { path, bytes },
    );
    expect(saying(() => readModelFiles(changed))).toMatch(/“sum” is a Dot/);
  });
});

describe("weights of a known network", () => {
  /** Each array of these files is one number throughout, by its layer's name and its part. */
  function check(network: Network): void {
    for (const { name, weights } of network.nodes) {
      for (const [part, weight] of Object.entries(weights)) {
        const [value = 0] = uniform(`${name}/${part}`, 1);
        expect(weight.data[0], `${name}/${part}`).toBe(Math.fround(value));
        expect(weight.data.at(-1), `${name}/${part}`).toBe(Math.fround(value));
      }
    }
  }

  test.each([
    ["mobilenet-v1-top.h5", "MobileNetV1 0.25"],
    ["mobilenet-v1.weights.h5", "MobileNetV1 0.25"],
    ["inception-v3.h5", "InceptionV3"],
    ["inception-v3.weights.h5", "InceptionV3"],
  ])("%s is %s, every array in its place", (file, name) => {
    const model = readKerasModel(zipped(file));
    expect(model.name).toBe(name);
    check(model.network);
  });

  test("they share the file's memory, but not that of a top that is left out", () => {
    const bytes = zipped("inception-v3.h5");
    const shared = readKerasModel(bytes).network.nodes.flatMap(({ weights }) => Object.values(weights));
    expect(new Set(shared.map(({ data }) => data.buffer))).toEqual(new Set([bytes.buffer]));
    const withTop = zipped("mobilenet-v1-top.h5");
    // A top of five classes is small; one of a thousand is a quarter of this network.
    const longer = new Uint8Array(withTop.length + 1_000_000);
    longer.set(withTop);
    const own = readKerasModel(longer).network.nodes.flatMap(({ weights }) => Object.values(weights));
    expect(own.some(({ data }) => data.buffer === longer.buffer)).toBe(false);
  });

  test("they are fed as the family is", () => {
    expect(readKerasModel(zipped("mobilenet-v1.weights.h5")).feeding?.channelOrder).toBe("RGB");
  });
});

describe("what cannot be read", () => {
  test("a truncated file names the byte", () => {
    const bytes = zipped("mobilenet-v1.weights.h5");
    const cut = { path: "cut.weights.h5", bytes: bytes.slice(0, 500_000) };
    expect(saying(() => readModelFiles([cut]))).toContain(
      `cut.weights.h5: The file ends at byte 500,000 of ${bytes.length.toLocaleString("en")}`,
    );
  });

  test("a wrong array names the layer", () => {
    const bytes = zipped("mobilenet-v1-top.h5");
    const text = new TextDecoder("latin1").decode(bytes);
    // The group of one layer under another name.
    const renamed = Uint8Array.from(text.replaceAll("conv_pw_7_bn", "conv_pw_x_bn"), (letter) => letter.charCodeAt(0));
    expect(saying(() => readKerasModel(renamed))).toMatch(
      /looks like MobileNetV1 0.25, but its layer “conv_pw_7_bn” is missing/,
    );
  });

  test("weights of another network say what is known", () => {
    const bytes = fixture("tiny.h5");
    const text = new TextDecoder("latin1").decode(bytes).replace("model_config", "other_config");
    const other = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(saying(() => readKerasModel(other))).toMatch(/of no network that Headstart knows by its weights alone/);
  });

  test("an HDF5 file without weights says so", () => {
    const bytes = fixture("tiny.h5");
    const text = new TextDecoder("latin1").decode(bytes).replaceAll("layer_names", "layer_games");
    const other = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(saying(() => readKerasModel(other))).toMatch(/holds no Keras weights/);
  });
});
