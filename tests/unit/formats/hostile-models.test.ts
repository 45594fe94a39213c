/** Model files that lie: each is refused with what is wrong with it. */
import { describe, expect, test } from "vitest";
import { FormatError } from "../../../src/formats/errors.ts";
import { type GivenFile, readModelFiles } from "../../../src/formats/models/model-files.ts";
import { writeTeachableMachine } from "../../../src/formats/models/teachable-machine.ts";
import { readTfjsClassifier, writeTfjsClassifier } from "../../../src/formats/models/tfjs-classifier.ts";
import { readLayersModel } from "../../../src/formats/models/tfjs-layers.ts";
import { SMALL_GRAPH, STRIDED, smallClassifier, smallGraphModel } from "../../fixtures/hostile/models.ts";
import { saying } from "../../fixtures/saying.ts";

function expectRefusal(files: readonly GivenFile[], reason: RegExp): void {
  expect(() => readModelFiles(files)).toThrow(FormatError);
  expect(saying(() => readModelFiles(files))).toMatch(reason);
}

type Json = Record<string, unknown>;

const OURS = writeTfjsClassifier(smallClassifier());

/** The app's own classifier with another description. */
function described(change: (json: string) => string): GivenFile[] {
  return OURS.map(({ path, bytes }) => ({
    path,
    bytes: path === "model.json" ? new TextEncoder().encode(change(new TextDecoder().decode(bytes))) : bytes,
  }));
}

describe("descriptions", () => {
  test.each([
    ["a negative input", (json: string) => json.replace("[null,16,16,3]", "[null,-16,16,3]"), /\[-16,16,3\]/],
    ["an input of fractions", (json: string) => json.replace("[null,16,16,3]", "[null,16.5,16,3]"), /\[16\.5,16,3\]/],
    ["an endless input", (json: string) => json.replace("[null,16,16,3]", "[null,1e999,16,3]"), /\[Infinity,16,3\]/],
    ["a huge input", (json: string) => json.replace("[null,16,16,3]", "[null,99999,99999,3]"), /\[99999,99999,3\]/],
    ["a stride of zero", (json: string) => json.replace('"strides":[2,2]', '"strides":[0,2]'), /whole numbers from 1/],
    [
      "a layer named as a method",
      (json: string) => json.replace('"class_name":"Dense"', '"class_name":"constructor"'),
      /does not know/,
    ],
    ["a method for an activation", (json: string) => json.replace('"relu"', '"toString"'), /“toString”/],
    ["a class too few", (json: string) => json.replace('"wren",', ""), /2 class names, but gives \[3\]/],
    [
      "photos of another size",
      (json: string) => json.replace('"height":16', '"height":32'),
      /not photos as \[32,16,3\]/,
    ],
    [
      "weights outside the folder",
      (json: string) => json.replace('"weights.bin"', '"../../secret.bin"'),
      /secret\.bin/,
    ],
    [
      "weights named twice",
      (json: string) => json.replace('["weights.bin"]', '["weights.bin","a/weights.bin"]'),
      /twice/,
    ],
    [
      "a kernel of 10^18 numbers",
      (json: string) => json.replace('"shape":[', '"shape":[1000000000,1000000000,'),
      /weights end/,
    ],
    [
      "a negative kernel",
      (json: string) => json.replace('"shape":[', '"shape":[-3,'),
      /shape\.0 is -3, but must be >=0/,
    ],
  ])("with %s", (_, change, reason) => {
    const files = described(change);
    expect(files).not.toEqual(OURS);
    expectRefusal(files, reason);
  });

  test("the file to blame is named, whatever its name", () => {
    const renamed = (change: (json: string) => string) =>
      described(change).map((file) => (file.path === "model.json" ? { ...file, path: "birds/wrens.json" } : file));
    for (const [change, reason] of [
      [(json: string) => json.replace('"class_name":"Dense"', '"class_name":"Fog"'), /^wrens\.json: .*does not know/],
      [
        (json: string) => json.replace('"modelTopology":{', '"modelTopology":{"x":1},"y":{'),
        /^wrens\.json: The model is not a lay/,
      ],
      [(json: string) => json.replace('"wren",', ""), /^wrens\.json: The model has 2 class names/],
      [(json: string) => json.replace('"weights.bin"', '"more.bin"'), /^wrens\.json: The model names more\.bin/],
      [(json: string) => json.replace('"shape":[', '"shape":[1000000000,'), /^wrens\.json: The weights end/],
    ] as const) {
      expectRefusal(renamed(change), reason);
    }
  });

  test("layers within layers, 100,000 deep", () => {
    const open = '{"class_name":"Sequential","config":{"layers":[';
    const json = `{"modelTopology":${open.repeat(100_000)}${"]}}".repeat(100_000)},"weightsManifest":[{"paths":[],"weights":[]}]}`;
    expectRefusal([{ path: "model.json", bytes: new TextEncoder().encode(json) }], /./);
  });

  test("20,000 layers", () => {
    const layers = Array.from({ length: 20_000 }, (_, at) => ({
      class_name: "Dropout",
      config: { name: `drop_${at}`, rate: 0.5, ...(at ? {} : { batch_input_shape: [null, 16, 16, 3] }) },
    }));
    const modelTopology = { class_name: "Sequential", config: { name: "long", layers } };
    const json = JSON.stringify({ modelTopology, weightsManifest: [{ paths: [], weights: [] }] });
    expectRefusal([{ path: "model.json", bytes: new TextEncoder().encode(json) }], /more than 5000 layers/);
  });
});

describe("more than any model needs", () => {
  const withTopology = (
    layers: readonly Json[],
    manifest: Json = { paths: ["weights.bin"], weights: [] },
  ): GivenFile[] => {
    const first = { class_name: "InputLayer", config: { name: "photo", batch_input_shape: [null, 256, 256, 3] } };
    const modelTopology = { class_name: "Sequential", config: { name: "net", layers: [first, ...layers] } };
    return [
      {
        path: "model.json",
        bytes: new TextEncoder().encode(JSON.stringify({ modelTopology, weightsManifest: [manifest] })),
      },
      { path: "weights.bin", bytes: new Uint8Array() },
    ];
  };

  test("500,000 weight files", () => {
    const paths = Array.from({ length: 500_000 }, (_, at) => `shard-${at}`);
    expectRefusal(withTopology([], { paths, weights: [] }), /500,000 files of weights.*1,000/);
  });

  test("300,000 empty weights", () => {
    const weights = Array.from({ length: 300_000 }, (_, at) => ({ name: `a${at}/b`, shape: [0], dtype: "float32" }));
    expectRefusal(withTopology([], { paths: ["weights.bin"], weights }), /more than 20,000 arrays/);
  });

  test("a description of 40 MB", () => {
    const bytes = new Uint8Array(40e6).fill(32);
    bytes[0] = 0x7b;
    expectRefusal([{ path: "model.json", bytes }], /model\.json has .*MB.*may have/);
  });

  test.each([
    [
      "a pool of 2048 × 2048",
      { pool_size: [2048, 2048], strides: [1, 1], padding: "same" },
      /its window \[2048,2048\]/,
    ],
    ["thirty pools of 256 × 256 that move by one", { pool_size: [256, 256], strides: [1, 1], padding: "same" }, null],
    [
      "strides beyond any photo",
      { pool_size: [2, 2], strides: [1, 5000], padding: "same" },
      /whole numbers from 1 to 2,048/,
    ],
  ])("%s", (_, config, reason) => {
    const layers = [{ class_name: "MaxPooling2D", config: { name: "pool", ...config } }];
    if (reason) expectRefusal(withTopology(layers), reason);
    // Thirty such pools are more arithmetic than any network's.
    const many = Array.from({ length: 30 }, (_, at) => ({
      class_name: "MaxPooling2D",
      config: { ...config, name: `p${at}` },
    }));
    expectRefusal(withTopology(many), reason ?? /steps of arithmetic/);
  });

  test("models within models, 50 deep", () => {
    let layer: Json = { class_name: "Dropout", config: { name: "drop", rate: 0.5 } };
    for (let depth = 0; depth < 50; depth++) {
      layer = { class_name: "Sequential", config: { name: `deep ${depth}`, layers: [layer] } };
    }
    expectRefusal(withTopology([layer]), /more than 20 deep/);
  });
});

describe("graphs", () => {
  /** The small graph with some of its nodes changed. */
  const changed = (changes: Record<string, Json>) =>
    smallGraphModel({ node: SMALL_GRAPH.node.map((node) => ({ ...node, ...changes[node.name] })) });

  test.each([
    ["that run in a circle", changed({ depthwise: { input: ["relu", "depth"] } }), /runs in a circle/],
    ["that take from themselves", changed({ relu: { input: ["relu"] } }), /runs in a circle/],
    [
      "with two nodes of one name",
      changed({ relu: { name: "a/b" }, flat: { name: "a_b", input: ["a/b", "shape"] }, end: { input: ["a_b"] } }),
      /Two nodes are named/,
    ],
    ["whose padding is no text", changed({ depthwise: { attr: { ...STRIDED, padding: { s: "%%%" } } } }), /padding “”/],
    [
      "with an input as wide as the number line",
      changed({ images: { attr: { shape: { shape: { dim: [1, "1e999", 8, 3].map((size) => ({ size })) } } } } }),
      /cannot be \[Infinity,8,3\]/,
    ],
  ])("%s", (_, files, reason) => expectRefusal(files, reason));

  test("one chain of 9,000 nodes, last node first, is read", () => {
    const node = SMALL_GRAPH.node.filter(({ name }) => name !== "end");
    const chain = Array.from({ length: 9000 }, (_, at) => ({
      name: `link ${at}`,
      op: "Identity",
      input: [at ? `link ${at - 1}` : "flat"],
      attr: {},
    })).toReversed();
    const end = { name: "end", op: "Softmax", input: ["link 8999"], attr: {} };
    expect(readModelFiles(smallGraphModel({ node: [end, ...chain, ...node] })).kind).toBe("network");
  });

  test("10,001 nodes", () => {
    const node = Array.from({ length: 10_001 }, () => ({ name: "a", op: "Const" }));
    expectRefusal(smallGraphModel({ node }), /10,001 nodes/);
  });
});

describe("weights", () => {
  const withWeights = (change: (weights: Float32Array<ArrayBuffer>) => void) =>
    OURS.map(({ path, bytes }) => {
      if (path !== "weights.bin") return { path, bytes };
      const weights = new Float32Array(bytes.slice().buffer);
      change(weights);
      return { path, bytes: new Uint8Array(weights.buffer) };
    });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("of %f", (value) => {
    expectRefusal(
      withWeights((weights) => {
        weights[7] = value;
      }),
      /holds values that are not numbers/,
    );
  });

  test("that are no numbers, in a project's models too", () => {
    const damaged = withWeights((weights) => weights.fill(Number.NaN, 20, 21));
    const [model, weights] = ["model.json", "weights.bin"].map(
      (name) => damaged.find(({ path }) => path === name)?.bytes,
    );
    const json: unknown = JSON.parse(new TextDecoder().decode(model));
    expect(saying(() => readTfjsClassifier(json, weights ?? new Uint8Array()))).toMatch(/not numbers/);
    expect(saying(() => readLayersModel(json, weights ?? new Uint8Array()))).toMatch(/not numbers/);
  });

  test("that end early", () => {
    const cut = OURS.map(({ path, bytes }) => ({ path, bytes: path === "weights.bin" ? bytes.slice(0, -40) : bytes }));
    expectRefusal(cut, /The weights end at byte/);
  });

  test("that scale to infinity", () => {
    const files = writeTeachableMachine(smallClassifier()).map(({ path, bytes }) => {
      if (path !== "model.json") return { path, bytes };
      const json = JSON.parse(new TextDecoder().decode(bytes)) as { weightsManifest: { weights: Json[] }[] };
      const [first] = json.weightsManifest[0]?.weights ?? [];
      // Two bytes stand where four did: what is left over goes to a weight that nobody asks for.
      if (!first) throw new Error("no weights");
      const count = (first.shape as number[]).reduce((product, length) => product * length, 1);
      first.quantization = { dtype: "uint16", scale: 1e300, min: 0 };
      json.weightsManifest[0]?.weights.splice(1, 0, { name: "rest", shape: [count * 2], dtype: "uint8" });
      return { path, bytes: new TextEncoder().encode(JSON.stringify(json)) };
    });
    expectRefusal(files, /holds values that are not numbers/);
  });
});

describe("Keras layers that lie", () => {
  const layered = (layer: Json, ...more: Json[]): GivenFile[] => {
    const first = { class_name: "InputLayer", config: { name: "photo", batch_input_shape: [null, 8, 8, 3] } };
    const modelTopology = { class_name: "Sequential", config: { name: "net", layers: [first, layer, ...more] } };
    const json = { modelTopology, weightsManifest: [{ paths: ["weights.bin"], weights: [] }] };
    return [
      { path: "model.json", bytes: new TextEncoder().encode(JSON.stringify(json)) },
      { path: "weights.bin", bytes: new Uint8Array() },
    ];
  };

  test.each([
    [
      "a slope of no number",
      { class_name: "LeakyReLU", config: { name: "a", alpha: "1" } },
      /“a” \(LeakyReLU\).*alpha/,
    ],
    ["a slope beyond numbers", { class_name: "LeakyReLU", config: { name: "a", alpha: "1e999" } }, /“a” \(LeakyReLU\)/],
    ["a limit below zero", { class_name: "ReLU", config: { name: "a", max_value: -6 } }, /“a” \(ReLU\).*max_value/],
    ["a threshold", { class_name: "ReLU", config: { name: "a", threshold: 1 } }, /“a” \(ReLU\) has a threshold/],
    [
      "a crop to more than there is",
      { class_name: "CenterCrop", config: { name: "a", height: 9, width: 8 } },
      /“a” \(Crop\)/,
    ],
    ["a crop of all", { class_name: "Cropping2D", config: { name: "a", cropping: 4 } }, /“a” \(Crop\).*take/],
    [
      "normalised along other axes",
      { class_name: "Normalization", config: { name: "a", axis: [1], mean: [0], variance: [1] } },
      /“a” \(Normalization\) works along axis 1/,
    ],
    [
      "a normalisation for more channels",
      { class_name: "Normalization", config: { name: "a", mean: [0, 0, 0, 0], variance: [1, 1, 1, 1] } },
      /“a” \(Normalization\)/,
    ],
    ["an unknown operation", { class_name: "TFOpLambda", config: { name: "a", function: "math.pow" } }, /“math\.pow”/],
    [
      "an operation with nothing to it",
      { class_name: "TFOpLambda", config: { name: "a", function: "math.add" } },
      /“a”/,
    ],
    ["an unknown activation", { class_name: "Activation", config: { name: "a", activation: "mish" } }, /“mish”/],
    [
      "a crop at random",
      { class_name: "RandomCrop", config: { name: "a", height: 4, width: 4 } },
      /“a” \(RandomCrop\).*\[4,4\] of \[8,8\]/,
    ],
  ] as [string, Json, RegExp][])("%s", (_, layer, reason) => expectRefusal(layered(layer), reason));

  test("a division by nothing", () => {
    const layers = [
      { class_name: "InputLayer", name: "photo", config: { batch_input_shape: [null, 8, 8, 3] }, inbound_nodes: [] },
      {
        class_name: "TFOpLambda",
        name: "a",
        config: { function: "math.truediv" },
        inbound_nodes: [["photo", 0, 0, { y: 0 }]],
      },
    ];
    const config = { name: "net", layers, input_layers: [["photo", 0, 0]], output_layers: [["a", 0, 0]] };
    const json = {
      modelTopology: { class_name: "Functional", config },
      weightsManifest: [{ paths: ["weights.bin"], weights: [] }],
    };
    const files = [
      { path: "model.json", bytes: new TextEncoder().encode(JSON.stringify(json)) },
      { path: "weights.bin", bytes: new Uint8Array() },
    ];
    expectRefusal(files, /gamma of “a” holds values that are not numbers/);
  });
});
