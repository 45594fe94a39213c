/** Every backend gives the numbers that TensorFlow.js's own layers give on its plain JavaScript one. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { sentenceOf, words } from "../../src/app/words/words.ts";
import { createRandom } from "../../src/dataset/random.ts";
import { type BackendName, startBackend } from "../../src/engine/backend.ts";
import { DeviceNetwork } from "../../src/engine/device-network.ts";
import { inOrder, matrixOf } from "../../src/engine/embedding-rows.ts";
import type { EngineError } from "../../src/engine/errors.ts";
import { prepareInput } from "../../src/engine/input.ts";
import { trainHead } from "../../src/engine/train-head.ts";
import { readLayersModel } from "../../src/formats/tfjs-layers.ts";
import { buildHead } from "../../src/network/head.ts";
import type { Network } from "../../src/network/network.ts";
import { optimiseForInference } from "../../src/network/optimise.ts";
import { DEFAULT_SETTINGS } from "../../src/training/settings.ts";
import { difference, randomise, save, somePhotos, tinyTeachableMachine } from "../unit/formats/models.ts";

let network: Network;
let photos: Float32Array;
let expected: Float32Array;
let expectedLoss: number;

beforeAll(async () => {
  await tf.setBackend("cpu");
  const model = randomise(tinyTeachableMachine());
  const saved = await save(model);
  network = readLayersModel(saved.modelJson, saved.weights);
  const input = somePhotos(network);
  photos = input.dataSync<"float32">();
  expected = (model.predict(input) as tf.Tensor).dataSync<"float32">();
  expectedLoss = (await train()).at(-1)?.validationLoss ?? Number.NaN;
});

/** Two seeded clouds and a head with a hidden layer, ten epochs. */
async function train() {
  const random = createRandom(3);
  const cloud = (count: number) => {
    const labels = Int32Array.from({ length: count }, (_, at) => at % 2);
    const embeddings = Float32Array.from({ length: count * 4 }, (_, at) => (labels[at >> 2] ? 1 : 0) + random());
    return { matrix: matrixOf(embeddings, 4), rows: inOrder(count), labels };
  };
  const { outcome } = await trainHead({
    head: buildHead({ features: 4, hiddenLayers: [6], dropout: 0, classes: 2, random }),
    train: cloud(40),
    validation: cloud(20),
    settings: { ...DEFAULT_SETTINGS, epochs: 10, batchSize: 16, learningRate: 0.02, patience: 10, minDelta: 0 },
    random,
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal: new AbortController().signal,
  });
  return outcome.history;
}

describe.each<BackendName>(["wasm", "webgl", "webgpu"])("%s", (backend) => {
  beforeAll(async () => {
    const status = await startBackend(backend);
    expect(status).toMatchObject({ backend, chosenByUser: true });
  });

  test.each([
    ["as it is", (given: Network) => given],
    ["folded and fused", optimiseForInference],
  ])("a network, %s", async (_, transform) => {
    const before = tf.memory().numTensors;
    const device = new DeviceNetwork(transform(network));
    const input = tf.tensor(photos, [2, ...network.input.shape]);
    const result = device.run(input);
    expect(difference(Array.from(await result.data()), expected)).toBeLessThan(1e-4);
    tf.dispose([input, result]);
    device.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(["RGB", "BGR"] as const)("%s pixels are normalised", async (channelOrder) => {
    const preprocessing = { width: 3, height: 2, crop: "center", channelOrder } as const;
    const [scale, offset] = [[0.5, 2, 1] as const, [-1, 0, 10] as const];
    const pixels = Uint8ClampedArray.from({ length: 24 }, (_, at) => (at % 4 === 3 ? 255 : 10 * at));
    const input = prepareInput([pixels, pixels], { ...preprocessing, scale, offset });
    expect(input.shape).toEqual([2, 2, 3, 3]);
    // The first pixel is (0, 10, 20), the last (200, 210, 220).
    const [first, last] =
      channelOrder === "RGB"
        ? [
            [-1, 20, 30],
            [99, 420, 230],
          ]
        : [
            [9, 20, 10],
            [109, 420, 210],
          ];
    const values = Array.from(await input.data());
    expect(values.slice(0, 3)).toEqual(first);
    expect(values.slice(-3)).toEqual(last);
    input.dispose();
  });

  test("training a head", async () => {
    const before = tf.memory().numTensors;
    expect((await train()).at(-1)?.validationLoss).toBeCloseTo(expectedLoss, 4);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test.each<BackendName>(["webgl", "webgpu"])("%s tells when the browser takes the GPU away", async (backend) => {
  const told: EngineError[] = [];
  await startBackend(backend, (error) => told.push(error));
  const own = tf.backend() as unknown as { gpgpu?: { gl: WebGL2RenderingContext }; device?: GPUDevice };
  own.gpgpu?.gl.getExtension("WEBGL_lose_context")?.loseContext();
  own.device?.destroy();
  await expect.poll(() => told.map(({ fault }) => fault)).toEqual([{ code: "engine/lost" }]);
  expect(told.map(sentenceOf)).toEqual([expect.stringMatching(/^The browser took the GPU away/)]);
  await startBackend("wasm");
});

test("without a hardware GPU WebAssembly is chosen, and the reason told", async () => {
  const status = await startBackend("auto");
  const hardware = status.choices.some(({ note }) => note.kind === "hardware-gpu");
  const shown = words.engine.status(status);
  if (hardware) expect(shown).toMatch(/^WebG\w+: hardware GPU: /);
  else expect(shown).toMatch(/^WebAssembly, \d+ threads?: no hardware GPU found$/);
  expect(status).toMatchObject(hardware ? {} : { backend: "wasm", reason: { kind: "no-hardware-gpu" } });
  expect(status.chosenByUser).toBe(false);
});
