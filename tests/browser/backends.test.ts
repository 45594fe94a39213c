/** Every backend gives the numbers that TensorFlow.js's own layers give on its plain JavaScript one. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { sentenceOf, words } from "../../src/app/words/words.ts";
import { createRandom } from "../../src/dataset/random.ts";
import { type BackendName, startBackend } from "../../src/engine/backend.ts";
import type { FineTuningCheckpoint, HeadCheckpoint } from "../../src/engine/checkpoint.ts";
import { DeviceNetwork } from "../../src/engine/device-network.ts";
import { inOrder, matrixOf } from "../../src/engine/embedding-rows.ts";
import type { EngineError } from "../../src/engine/errors.ts";
import { fineTune } from "../../src/engine/fine-tune.ts";
import { prepareInput } from "../../src/engine/input.ts";
import { type HeadTraining, trainHead } from "../../src/engine/train-head.ts";
import { readLayersModel } from "../../src/formats/models/tfjs-layers.ts";
import { buildHead } from "../../src/network/head.ts";
import type { Network } from "../../src/network/network.ts";
import { optimiseForInference } from "../../src/network/optimise.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../src/training/settings.ts";
import { smallFineTuning } from "../fixtures/small-base.ts";
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
function smallTraining(change: Partial<TrainingSettings> = {}): HeadTraining {
  const random = createRandom(3);
  const cloud = (count: number) => {
    const labels = Int32Array.from({ length: count }, (_, at) => at % 2);
    const embeddings = Float32Array.from({ length: count * 4 }, (_, at) => (labels[at >> 2] ? 1 : 0) + random());
    return { matrix: matrixOf(embeddings, 4), rows: inOrder(count), labels };
  };
  return {
    head: buildHead({ features: 4, hiddenLayers: [6], dropout: 0, classes: 2, random }),
    train: cloud(40),
    validation: cloud(20),
    settings: {
      ...{ ...DEFAULT_SETTINGS, epochs: 10, batchSize: 16, learningRate: 0.02, patience: 10, minDelta: 0 },
      ...change,
    },
    random,
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal: new AbortController().signal,
  };
}

async function train() {
  const { outcome } = await trainHead(smallTraining());
  return outcome.history;
}

describe.each<BackendName>(["wasm", "webgl", "webgpu"])("%s", (backend) => {
  beforeAll(async () => {
    const status = await startBackend(backend);
    expect(status).toMatchObject({ backend, chosenByUser: true });
  });

  test("trained twice with one seed, gives the same numbers to the last bit", async () => {
    const settings = { epochs: 2 };
    const [first, second] = [await trainHead(smallTraining(settings)), await trainHead(smallTraining(settings))];
    expect(second.outcome).toEqual(first.outcome);
    expect(second.head).toEqual(first.head);
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

describe.each<BackendName>(["wasm", "webgl", "webgpu"])("%s, training that is resumed", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  test("of a head, ends as if nothing had happened", async () => {
    const given = (): HeadTraining => {
      const rest = smallTraining({ schedule: "cosine", l2: 0.01, epochs: 5 });
      const fresh = createRandom(8);
      const own = buildHead({ features: 4, hiddenLayers: [40], dropout: 0.3, classes: 2, random: fresh });
      return { ...rest, head: own, random: fresh };
    };
    const checkpoints: HeadCheckpoint[] = [];
    const whole = await trainHead({ ...given(), onCheckpoint: (each) => checkpoints.push(structuredClone(each)) });
    const undisturbed = await trainHead(given());
    expect(undisturbed).toEqual(whole);
    const before = tf.memory().numTensors;
    const resumed = await trainHead({ ...given(), random: createRandom(0), resume: checkpoints[1] });
    expect(resumed).toEqual(whole);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("of a base's last block, ends as if nothing had happened", async () => {
    const given = () => smallFineTuning({ fineTuneEpochs: 2, fineTuneBlocks: 1, augmentation: "flip" });
    const checkpoints: FineTuningCheckpoint[] = [];
    const whole = await fineTune({ ...given(), onCheckpoint: (each) => checkpoints.push(structuredClone(each)) });
    const before = tf.memory().numTensors;
    const resumed = await fineTune({ ...given(), random: createRandom(0), resume: checkpoints[0] });
    expect(resumed).toEqual(whole);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("a WebGPU device that is lost while training is told as such, and not as a cancel", async () => {
  await startBackend("webgpu");
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  const checkpoints: HeadCheckpoint[] = [];
  const onCheckpoint = (each: HeadCheckpoint) => {
    checkpoints.push(each);
    if (checkpoints.length === 2) device.destroy();
  };
  const lost = trainHead({ ...smallTraining(), onCheckpoint });
  await expect(lost).rejects.toMatchObject({ fault: { code: "engine/lost" } });
  expect(checkpoints).toHaveLength(2);
  await startBackend("wasm");
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
