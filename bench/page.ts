/** What `npm run bench` measures, within the page. Each measurement gives milliseconds or bytes for us and for the peer. */
import * as tf from "@tensorflow/tfjs";
import { quickGuessing } from "../src/app/store/quick-guessing.ts";
import type { State } from "../src/app/store/store.ts";
import { type Dataset, EMPTY_DATASET, type Sample } from "../src/dataset/dataset.ts";
import { createRandom } from "../src/dataset/random.ts";
import { type BackendName, type EngineStatus, startBackend } from "../src/engine/backend.ts";
import { decodePhoto } from "../src/engine/decode.ts";
import { Embedder } from "../src/engine/embed.ts";
import { trainHead } from "../src/engine/train-head.ts";
import { checkPhoto } from "../src/formats/images/header.ts";
import { readModelFiles } from "../src/formats/models/model-files.ts";
import { countMultiplyAdds } from "../src/network/cost.ts";
import { cutTop } from "../src/network/cut.ts";
import { buildHead } from "../src/network/head.ts";
import type { BaseModel } from "../src/network/model.ts";
import { poolFeatures } from "../src/network/pooling.ts";
import { DEFAULT_SETTINGS } from "../src/training/settings.ts";
import { connect } from "../src/worker/client.ts";
import type { Headstart, ImportedPhoto, IncomingFile, TrainRequest } from "../src/worker/protocol/index.ts";
import { fitTime } from "./fit.ts";
import { compareHeads, embedAll, type HeadsAsked, scoreOf, useEmbeddings } from "./heads.ts";
import { createPeer, disposePeer, peerCanvas } from "./peer.ts";
import { searchTime } from "./search.ts";

export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

/** `peers`: Teachable Machine's base model and settings on both sides; `as-it-comes`: our built-in base and settings. */
export type Way = "peers" | "as-it-comes";

export interface LabelledPhoto {
  readonly label: number;
  readonly blob: Blob;
}

const LABELS = ["cat", "dog"];
/** Teachable Machine's head and its web app's settings. */
const HIDDEN_UNITS = 100;
const BATCH_SIZE = 16;
const LEARNING_RATE = 0.001;
const EPOCHS = 50;
const NEVER = new AbortController().signal;

let base: BaseModel;
/** The one that comes with the app, whose files the bench's own site has too. */
let builtIn: BaseModel;
let headstart: Headstart;
/** What we train with: the peer's base and settings, or ours as they come. */
let ways: Readonly<Record<Way, Pick<TrainRequest, "baseModelId" | "settings">>>;
let photos: LabelledPhoto[] = [];
/** Photos that neither side is trained on. */
let testPhotos: LabelledPhoto[] = [];

/** Loads both on one backend. */
async function start(backend: BackendName, modelUrls: readonly string[]): Promise<EngineStatus> {
  const status = await startBackend(backend);
  const files = await Promise.all(
    modelUrls.map(async (url) => {
      const response = await fetch(url);
      return { path: url.split("/").at(-1) ?? url, blob: await response.blob() };
    }),
  );
  base = await readBase(files);
  builtIn = await readBase(
    await Promise.all(
      ["model.json", "weights.bin"].map(async (path) => ({ path, blob: await (await fetch(`models/${path}`)).blob() })),
    ),
  );
  headstart = connect();
  await headstart.chooseBackend(backend);
  const peersBase = (await headstart.addBaseModel(files, () => undefined, new AbortController().signal)).id;
  const ownBase = (await headstart.listBaseModels()).find((entry) => entry.builtIn)?.id ?? "";
  ways = {
    peers: {
      baseModelId: peersBase,
      settings: {
        ...{ ...DEFAULT_SETTINGS, epochs: EPOCHS, patience: EPOCHS, hiddenLayers: [HIDDEN_UNITS] },
        ...{ batchSize: BATCH_SIZE, learningRate: LEARNING_RATE },
      },
    },
    "as-it-comes": { baseModelId: ownBase, settings: DEFAULT_SETTINGS },
  };
  const { id } = await headstart.createProject({
    ...{ name: "bench", dataset: EMPTY_DATASET, groups: [], settings: DEFAULT_SETTINGS },
    ...{ baseModelId: peersBase, lastRun: null, runs: [] },
  });
  // What is trained is kept with the open project.
  await headstart.openProject(id);
  return status;
}

async function readBase(files: readonly IncomingFile[]): Promise<BaseModel> {
  const model = readModelFiles(
    await Promise.all(files.map(async ({ path, blob }) => ({ path, bytes: new Uint8Array(await blob.arrayBuffer()) }))),
  );
  const { network: whole, preprocessing } = model.kind === "classifier" ? model.classifier : model;
  const network = poolFeatures(cutTop(whole), "average");
  return {
    network,
    card: {
      id: "bench",
      name: "bench",
      preprocessing,
      embeddingSize: 1280,
      parameters: 0,
      multiplyAdds: countMultiplyAdds(network),
      blocks: 0,
      bytes: model.bytes,
      source: "",
    },
  };
}

type PhotoUrl = { readonly label: number; readonly url: string };

async function loadPhotos(urls: readonly PhotoUrl[], testUrls: readonly PhotoUrl[]): Promise<void> {
  const load = ({ label, url }: PhotoUrl) => fetch(url).then(async (file) => ({ label, blob: await file.blob() }));
  photos = await Promise.all(urls.map(load));
  testPhotos = await Promise.all(testUrls.map(load));
}

/** One photo, already decoded, to its embedding on this side of the device; the peer with its own base model, we with it or with ours. */
async function embedPerPhoto(ourBase: "the-peers" | "built-in"): Promise<Pair> {
  const some = photos.slice(0, 48);
  const pixels = await Promise.all(some.map(({ blob }) => decode(blob)));
  const canvases = await Promise.all(some.map(({ blob }) => peerCanvas(blob)));
  const embedder = new Embedder(ourBase === "built-in" ? builtIn : base);
  const peer = await createPeer(base, LABELS);
  await embedder.embed(pixels.slice(0, embedder.batchSize));
  for (const canvas of canvases.slice(0, 3)) await peer.addExample(0, canvas);
  const ours = await timed(async () => {
    for (let at = 0; at < pixels.length; at += embedder.batchSize) {
      await embedder.embed(pixels.slice(at, at + embedder.batchSize));
    }
  });
  const theirs = await timed(async () => {
    for (const canvas of canvases) await peer.addExample(0, canvas);
  });
  embedder.dispose();
  disposePeer(peer);
  return { ours: ours / some.length, peer: theirs / some.length };
}

/** One epoch over 255 embeddings with 45 to validate, the peer's head. */
async function trainEpoch(): Promise<Pair> {
  const epochs = 20;
  const random = createRandom(1);
  const rows = Array.from({ length: 300 }, () => Float32Array.from({ length: 1280 }, random));
  const matrix = { width: 1280, row: (at: number) => rows[at] as Float32Array };
  const part = (from: number, to: number) => ({
    matrix,
    rows: Int32Array.from({ length: to - from }, (_, at) => from + at),
    labels: Int32Array.from({ length: to - from }, (_, at) => at % 2),
  });
  const training = {
    head: buildHead({ features: 1280, hiddenLayers: [HIDDEN_UNITS], dropout: 0, classes: 2, random }),
    train: part(0, 255),
    validation: part(255, 300),
    settings: {
      ...DEFAULT_SETTINGS,
      epochs,
      batchSize: BATCH_SIZE,
      learningRate: LEARNING_RATE,
      patience: epochs,
      minDelta: 0,
    },
    random,
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal: NEVER,
  };
  await trainHead({ ...training, settings: { ...training.settings, epochs: 2 } });
  const ours = await timed(() => trainHead(training));

  const peer = await createPeer(base, LABELS);
  peer.examples = [0, 1].map((label) => rows.filter((_, at) => at % 2 === label));
  const theirs = await timed(() =>
    peer.train({ denseUnits: HIDDEN_UNITS, epochs, learningRate: LEARNING_RATE, batchSize: BATCH_SIZE }, {}),
  );
  disposePeer(peer);
  return { ours: ours / epochs, peer: theirs / epochs };
}

/** A pair of times with what else was found, both sides. */
export interface Job extends Pair {
  /** Share of the photos that neither side was trained on that each gets right; null where it was not asked for. */
  readonly accuracy: Pair | null;
}

/** From files to a trained model. Ours also keeps the photos and their thumbnails, and evaluates on test photos. */
async function wholeJob(count: number, way: Way = "peers", withAccuracy = false): Promise<Job> {
  const given = photos.slice(0, count).map(unlikeAnyOther);
  const ours = await timed(() => ourWholeJob(given, way));
  const ourAccuracy = withAccuracy ? await shareRight(ourClass) : null;
  let peer: Peer | null = null;
  const theirs = await timed(async () => {
    peer = await peerWholeJob(given);
  });
  const peerAccuracy = withAccuracy ? await shareRight((photo) => peerClass(peer, photo)) : null;
  if (peer) disposePeer(peer);
  const accuracy = ourAccuracy === null || peerAccuracy === null ? null : { ours: ourAccuracy, peer: peerAccuracy };
  return { ours, peer: theirs, accuracy };
}

async function ourClass({ blob }: LabelledPhoto): Promise<number> {
  let best = -1;
  await headstart.classifyFiles(
    [{ path: "photo", blob }],
    ({ outcome }) => {
      if ("probabilities" in outcome) best = largest(outcome.probabilities);
    },
    NEVER,
  );
  return best;
}

async function peerClass(peer: Peer | null, { blob }: LabelledPhoto): Promise<number> {
  const found = await peer?.predict(await peerCanvas(blob));
  return largest(found?.map(({ probability }) => probability) ?? []);
}

async function shareRight(classify: (photo: LabelledPhoto) => Promise<number>): Promise<number> {
  let right = 0;
  for (const photo of testPhotos) if ((await classify(photo)) === photo.label) right += 1;
  return right / testPhotos.length;
}

function largest(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}

async function ourWholeJob(given: readonly LabelledPhoto[], way: Way = "peers"): Promise<void> {
  await headstart.train(await ourTraining(given, way), () => undefined, NEVER);
}

/** From files to photos that are all prepared, as while nobody waits; the peer's way, without its training. */
async function untilPrepared(count: number, way: Way): Promise<Pair> {
  const given = photos.slice(0, count).map(unlikeAnyOther);
  const ours = await timed(async () => {
    await headstart.prepareAhead(await ourTraining(given, way), () => undefined, NEVER);
  });
  const peer = await createPeer(base, LABELS);
  const theirs = await timed(async () => {
    for (const { label, blob } of given) await peer.addExample(label, await peerCanvas(blob));
  });
  disposePeer(peer);
  return { ours, peer: theirs };
}

/** From “Train” to a trained model that is tested and kept, photos being prepared; the peer has its embeddings too. */
async function trainWhenPrepared(count: number, way: Way): Promise<Pair> {
  const given = photos.slice(0, count).map(unlikeAnyOther);
  const request = await ourTraining(given, way);
  await headstart.prepareAhead(request, () => undefined, NEVER);
  const ours = await timed(() => headstart.train(request, () => undefined, NEVER));
  const peer = await createPeer(base, LABELS);
  for (const { label, blob } of given) await peer.addExample(label, await peerCanvas(blob));
  const theirs = await timed(() => trainPeer(peer));
  disposePeer(peer);
  return { ours, peer: theirs };
}

/** Adds the photos. Gives what to train. */
async function ourTraining(given: readonly LabelledPhoto[], way: Way): Promise<TrainRequest> {
  const { baseModelId, settings } = ways[way];
  const samples: Sample[] = [];
  const take = ({ sample, className }: ImportedPhoto) => samples.push({ ...sample, classId: className ?? "" });
  await headstart.importFiles(
    given.map(({ label, blob }, at) => ({ path: `${LABELS[label]}/${at}.jpg`, blob })),
    ({ photos: imported }) => imported.forEach(take),
    NEVER,
    { input: { baseModelId, inputSize: settings.inputSize } },
  );
  const dataset: Dataset = { classes: LABELS.map((name) => ({ id: name, name })), samples };
  return {
    runId: crypto.randomUUID(),
    number: 1,
    startFrom: null,
    asFixed: false,
    dataset,
    baseModelId,
    settings,
    projectName: "bench",
    known: null,
    resume: null,
  };
}

type Peer = Awaited<ReturnType<typeof createPeer>>;

/** The caller disposes of it. */
async function peerWholeJob(given: readonly LabelledPhoto[]): Promise<Peer> {
  const peer = await createPeer(base, LABELS);
  for (const { label, blob } of given) await peer.addExample(label, await peerCanvas(blob));
  await trainPeer(peer);
  return peer;
}

function trainPeer(peer: Peer): Promise<unknown> {
  return peer.train(
    { denseUnits: HIDDEN_UNITS, epochs: EPOCHS, learningRate: LEARNING_RATE, batchSize: BATCH_SIZE },
    {},
  );
}

/**
 * From files to the first answer about a photo: ours while photos still come in, by the quick head; the library can answer
 * when it has embedded them all and trained its head by its web app's settings.
 */
async function firstAnswer(count: number): Promise<Pair> {
  const given = photos.slice(0, count).map(unlikeAnyOther);
  return { ours: await msToOurFirstAnswer(given), peer: await timed(() => peerFirstAnswer(given)) };
}

/** As the page does it, one folder after the other. */
async function msToOurFirstAnswer(given: readonly LabelledPhoto[]): Promise<number> {
  const folders = given.toSorted((one, other) => one.label - other.label);
  const answered = Promise.withResolvers<void>();
  const { baseModelId } = ways.peers;
  let state = {
    ...{ preparesAhead: true, engine: {}, switchingBackend: false, jobs: [{ task: "import" }] },
    ...{ projectId: "bench", baseModels: [{ id: baseModelId, card: {} }], baseModelId, settings: DEFAULT_SETTINGS },
    ...{ dataset: { classes: LABELS.map((name) => ({ id: name, name })), samples: [] }, quick: null },
    notePace: () => undefined,
  } as unknown as State;
  const change = (part: Partial<State>) => {
    state = { ...state, ...part };
    if (part.quick?.newest) answered.resolve();
    consider();
  };
  const page = { headstart, get: () => state, set: change, isWatched: () => true, isBatteryLow: () => false };
  const consider = quickGuessing(page);
  const start = performance.now();
  const importing = headstart.importFiles(
    folders.map(({ label, blob }, at) => ({ path: `${LABELS[label]}/${at}.jpg`, blob })),
    ({ photos: imported }) => {
      const more = imported.map(({ sample, className }) => ({ ...sample, classId: className ?? "" }));
      change({ dataset: { ...state.dataset, samples: [...state.dataset.samples, ...more] } });
    },
    NEVER,
  );
  void importing.then(() => change({ jobs: [] }));
  await answered.promise;
  const ms = performance.now() - start;
  await importing;
  change({ preparesAhead: false });
  return ms;
}

async function peerFirstAnswer(given: readonly LabelledPhoto[]): Promise<void> {
  const peer = await createPeer(base, LABELS);
  let last: HTMLCanvasElement | null = null;
  for (const { label, blob } of given) {
    last = await peerCanvas(blob);
    await peer.addExample(label, last);
  }
  await trainPeer(peer);
  if (last) await peer.predict(last);
  disposePeer(peer);
}

/** The shortest task that browsers call long, and the shortest they report. */
const LONG_TASK_MS = 50;

/** The longest task of the page's thread from the files to a trained model; 50 ms stands for “none that long”. */
async function longestMainThreadTask(count: number): Promise<Pair> {
  const given = photos.slice(0, count).map(unlikeAnyOther);
  const longest = async (work: () => Promise<unknown>): Promise<number> => {
    let most = LONG_TASK_MS;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) most = Math.max(most, duration);
    });
    observer.observe({ type: "longtask" });
    await work();
    await new Promise((resolve) => setTimeout(resolve, 100));
    observer.disconnect();
    return most;
  };
  return {
    ours: await longest(() => ourWholeJob(given)),
    peer: await longest(async () => disposePeer(await peerWholeJob(given))),
  };
}

/** A frame of 640 × 480 to its probabilities. Needs a finished `wholeJob`. */
async function liveLatency(): Promise<Pair> {
  const rounds = 30;
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const [photo] = photos;
  if (photo) canvas.getContext("2d")?.drawImage(await createImageBitmap(photo.blob), 0, 0, 640, 480);
  const peer = await createPeer(base, LABELS);
  peer.examples = [0, 1].map(() => [new Float32Array(1280), new Float32Array(1280)]);
  await peer.train({ denseUnits: HIDDEN_UNITS, epochs: 1, learningRate: LEARNING_RATE, batchSize: 1 }, {});
  const ourFrame = async () => headstart.classifyFrame(await createImageBitmap(canvas), false);
  const peerFrame = () => peer.predict(canvas);
  for (let at = 0; at < 3; at++) await Promise.all([await ourFrame(), await peerFrame()]);
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let at = 0; at < rounds; at++) {
    times.ours.push(await timed(ourFrame));
    times.peer.push(await timed(peerFrame));
  }
  disposePeer(peer);
  return { ours: median(times.ours), peer: median(times.peer) };
}

/** Bytes that the page and its workers hold after photos were added and trained on: JavaScript heaps and tensors. */
async function memoryAfter(count: number): Promise<Pair> {
  const given = Array.from({ length: count }, (_, at) => photos[at % photos.length] as LabelledPhoto).map(
    unlikeAnyOther,
  );
  const before = await bytesInUse();
  await ourWholeJob(given);
  const afterOurs = await bytesInUse();
  const tensors = tf.memory().numBytes;
  const peer = await createPeer(base, LABELS);
  for (const { label, blob } of given) await peer.addExample(label, await peerCanvas(blob));
  await peer.train({ denseUnits: HIDDEN_UNITS, epochs: 2, learningRate: LEARNING_RATE, batchSize: BATCH_SIZE }, {});
  const afterPeer = (await bytesInUse()) + tf.memory().numBytes - tensors;
  disposePeer(peer);
  return { ours: afterOurs, peer: before + afterPeer - afterOurs };
}

async function bytesInUse(): Promise<number> {
  const measure = performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
  return (await measure.measureUserAgentSpecificMemory()).bytes;
}

/** Multiply-adds per second: of our embedding, and of one large matrix product, the most that this backend gives. */
async function roofline(): Promise<Pair> {
  const pixels = await Promise.all(photos.slice(0, 32).map(({ blob }) => decode(blob)));
  const embedder = new Embedder(base);
  await embedder.embed(pixels);
  const embedMs = await timed(() => embedder.embed(pixels));
  embedder.dispose();
  const side = 1024;
  const [a, b] = [tf.randomUniform([side, side]), tf.randomUniform([side, side])];
  const multiply = async () => {
    const product = tf.matMul(a, b);
    await product.data();
    product.dispose();
  };
  await multiply();
  const matMulMs = await timed(multiply);
  tf.dispose([a, b]);
  return { ours: (base.card.multiplyAdds * pixels.length) / embedMs / 1e6, peer: side ** 3 / matMulMs / 1e6 };
}

/** Enlarges the photos to 12 megapixels, as phones make them. */
async function enlarge(count: number): Promise<void> {
  const canvas = new OffscreenCanvas(4000, 3000);
  const context = canvas.getContext("2d");
  const large: LabelledPhoto[] = [];
  for (const { label, blob } of photos.slice(0, count)) {
    context?.drawImage(await createImageBitmap(blob), 0, 0, 4000, 3000);
    large.push({ label, blob: await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 }) });
  }
  photos = large;
}

async function decodeForBuiltIn(blob: Blob): Promise<Uint8ClampedArray> {
  return decodePhoto(blob, checkPhoto(new Uint8Array(await blob.arrayBuffer())), builtIn.card.preprocessing);
}

async function decode(blob: Blob): Promise<Uint8ClampedArray> {
  return decodePhoto(blob, checkPhoto(new Uint8Array(await blob.arrayBuffer())), base.card.preprocessing);
}

/** The same photo with other bytes after its end, so that nothing cached is used. */
function unlikeAnyOther({ label, blob }: LabelledPhoto): LabelledPhoto {
  return { label, blob: new Blob([blob, crypto.randomUUID()], { type: "image/jpeg" }) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const bench = {
  start,
  loadPhotos,
  enlarge,
  embedPerPhoto,
  trainEpoch,
  fitTime: (count: number) => fitTime(base, count),
  searchTime,
  embedAll: (some: readonly PhotoUrl[]) => embedAll(builtIn, some, decodeForBuiltIn),
  useEmbeddings,
  scoreOf,
  compareHeads: (asked: HeadsAsked) => compareHeads(base, asked),
  trainWhenPrepared,
  untilPrepared,
  wholeJob,
  firstAnswer,
  longestMainThreadTask,
  liveLatency,
  memoryAfter,
  roofline,
};
export type Bench = typeof bench;
// Teachable Machine's script looks for TensorFlow.js here.
Object.assign(globalThis, { tf, bench });
