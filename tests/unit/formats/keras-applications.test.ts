/** Networks of Keras Applications that are read from their layers give Keras's numbers, as they are and as they run. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DeviceNetwork } from "../../../src/engine/device-network.ts";
import type { KerasTopology } from "../../../src/formats/models/keras-topology.ts";
import { blocksOf } from "../../../src/network/blocks.ts";
import { cutTop } from "../../../src/network/cut.ts";
import type { Network } from "../../../src/network/network.ts";
import { optimiseForInference } from "../../../src/network/optimise.ts";
import { inferShapes } from "../../../src/network/shapes.ts";
import { APPLICATION_NAMES, type ApplicationCase, networkOf, photoFor } from "../../fixtures/applications.ts";

function caseOf(name: string): ApplicationCase {
  const file = readFileSync(new URL(`../../fixtures/applications/${name}.json.gz`, import.meta.url));
  return JSON.parse(gunzipSync(file).toString("utf8")) as ApplicationCase;
}

async function worst(network: Network, given: ApplicationCase): Promise<number> {
  const device = new DeviceNetwork(network);
  const input = tf.tensor4d(photoFor(given), [1, ...given.size, 3]);
  const output = device.run(input);
  const found = await output.data();
  tf.dispose([input, output]);
  device.dispose();
  const differences = given.values.map((value, at) => Math.abs((found[at * given.step] ?? Number.NaN) - value));
  return Math.max(...differences) / given.largest;
}

describe.each(APPLICATION_NAMES)("%s", (name) => {
  const given = caseOf(name);
  let read: KerasTopology | null = null;
  beforeAll(async () => {
    await tf.setBackend("cpu");
    read = networkOf(given);
  });
  // Together they hold more than a test's process should.
  afterAll(() => {
    read = null;
  });

  test("gives Keras's numbers folded and fused, is fed as Keras feeds it, and is a base model that can be fine-tuned", async () => {
    if (!read) throw new Error("It was not read.");
    const { network, range } = read;
    expect(inferShapes(network).get(network.output)).toEqual(given.shape);
    expect(range).toBe(given.scales ? "0 to 255" : "unknown");
    expect(cutTop(network).output).toBe(network.output);
    const optimised = optimiseForInference(network);
    expect(blocksOf(optimised).length).toBeGreaterThan(1);
    expect(await worst(optimised, given)).toBeLessThan(1e-4);
  }, 60_000);
});
