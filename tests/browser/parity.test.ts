/**
 * Every family gives Keras's numbers on WebAssembly, folded and fused as it runs and as it is; so do all families on GPUs.
 * Those imitated in software are slow: there, large ones are tried by `npm run test:thorough` alone.
 */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { type BackendName, startBackend } from "../../src/engine/backend.ts";
import { DeviceNetwork } from "../../src/engine/device-network.ts";
import { ARCHITECTURES } from "../../src/network/architectures/index.ts";
import { optimiseForInference } from "../../src/network/optimise.ts";
import parity from "../fixtures/parity.json" with { type: "json" };
import { photoByRule, weightByRule } from "../fixtures/rule.ts";

const SMALL = 5_000_000;
const isThorough = import.meta.env.VITE_THOROUGH === "1";

describe.each<BackendName>(["wasm", "webgl", "webgpu"])("%s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  // The members of a family differ in their sizes only, and a small one shows odd sizes too. Large ones take the longest.
  const oneEach = parity.filter(
    ({ architecture, size }) =>
      !/-(0\.5|0\.75|1|1\.\d|lite[1-4])$/.test(architecture) &&
      !(architecture === "resnet50" && size.includes(39)) &&
      (isThorough ||
        !(["vgg16", "resnet50", "inception-v3"].includes(architecture) || isEvenSmallOne(architecture, size))),
  );
  test.each(backend === "wasm" ? parity : oneEach)(
    "$architecture at $size",
    async ({ architecture: id, size, parameters, largest, step, values }) => {
      const [height = 0, width = 0] = size;
      const network = ARCHITECTURES.find((each) => each.id === id)?.build([height, width], weightByRule);
      if (!network) throw new Error(`There is no ${id}.`);
      const forms = new Map([["folded and fused", optimiseForInference(network)]]);
      if (backend === "wasm" || parameters < SMALL || isThorough) forms.set("as it is", network);
      for (const [form, given] of forms) {
        const device = new DeviceNetwork(given);
        const input = tf.tensor4d(photoByRule(height, width), [1, height, width, 3]);
        const output = device.run(input);
        const found = (await output.data()) as Float32Array;
        const differences = values.map((value, at) => Math.abs((found[at * step] ?? Number.NaN) - value));
        expect(Math.max(...differences) / largest, form).toBeLessThan(1e-4);
        tf.dispose([input, output]);
        device.dispose();
      }
    },
  );
});

/** The same network is tried at odd sizes, which show more. */
function isEvenSmallOne(architecture: string, [height = 0]: readonly number[]): boolean {
  return architecture === "mobilenet-v2-0.35" && height % 2 === 0;
}
