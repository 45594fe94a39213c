/** Which backend runs the numbers, and why. */
import * as tf from "@tensorflow/tfjs";
import { getThreadsCount, setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import wasmPlain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import wasmThreaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { loadPart, PartError } from "../errors/part.ts";
import { EngineError } from "./errors.ts";
import { watchDevice } from "./lost-device.ts";

export type BackendName = "webgpu" | "webgl" | "wasm";

export interface EngineStatus {
  readonly backend: BackendName;
  /** wasm only: threads in use; 1 otherwise. */
  readonly threads: number;
  /** Why this backend. */
  readonly reason: { readonly kind: "chosen-by-user" } | { readonly kind: "no-hardware-gpu" } | BackendNote;
  /** Every backend, in the order the automatic choice prefers them here. */
  readonly choices: readonly BackendChoice[];
  readonly chosenByUser: boolean;
}

export interface BackendChoice {
  readonly backend: BackendName;
  readonly available: boolean;
  readonly note: BackendNote;
}

/** What a backend is on this machine. */
export type BackendNote =
  | { readonly kind: "hardware-gpu"; readonly name: string }
  /** Imitated by the processor, and slow. */
  | { readonly kind: "software-gpu" }
  /** By this browser. */
  | { readonly kind: "not-offered" }
  /** The browser would offer it, but has no GPU for it. */
  | { readonly kind: "no-gpu-for-it" }
  /** wasm: how many processor cores it can use. */
  | { readonly kind: "several-cores" }
  | { readonly kind: "one-core" }
  /** A file of the app that it needs could not be loaded; choosing it tries again. */
  | { readonly kind: "not-loaded" };

interface Probe extends BackendChoice {
  /** Lower is tried earlier. */
  readonly rank: number;
}

/** More threads than this only get in each other's way with networks as small as these. */
const MAX_THREADS = 8;
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Starts the backend that was asked for, or the first of the preferred ones that starts: a hardware GPU before
 * WebAssembly, and that before a GPU imitated in software, which is several times slower.
 *
 * @param onLost called with `engine/lost` when the browser takes the GPU away. What waits for it may then wait for ever: a lost WebGL context
 *   answers nothing, so that the thread must be ended.
 * @throws EngineError when it does not start, PartError when that is for a file of the app that could not be loaded; the
 *   one in use before stays in use
 */
export async function startBackend(
  wanted: BackendName | "auto",
  onLost: (error: EngineError) => void = () => undefined,
): Promise<EngineStatus> {
  const probes = (await Promise.all([probeWebGpu(), probeWebGl(), probeWasm()])).sort((a, b) => a.rank - b.rank);
  const before = tf.engine().backendName;
  const missing = new Set<BackendName>();
  for (const probe of wanted === "auto" ? probes : probes.filter(({ backend }) => backend === wanted)) {
    // Software is many times slower than what may be there at the next try.
    if (!probe.available || (missing.size > 0 && probe.note.kind === "software-gpu")) continue;
    try {
      if (!(await start(probe.backend))) continue;
    } catch (error) {
      if (!(error instanceof PartError)) throw error;
      missing.add(probe.backend);
      continue;
    }
    watchDevice(onLost);
    return {
      backend: probe.backend,
      threads: probe.backend === "wasm" ? getThreadsCount() : 1,
      reason: wanted === "auto" ? reasonFor(probe, missing) : { kind: "chosen-by-user" },
      choices: probes.map(({ backend, available, note }) => ({
        backend,
        available,
        note: missing.has(backend) ? { kind: "not-loaded" } : note,
      })),
      chosenByUser: wanted !== "auto",
    };
  }
  if (before) await tf.setBackend(before);
  const [part] = missing;
  if (part === "wasm" || part === "webgpu") throw new PartError({ code: "part/not-loaded", part });
  throw new EngineError(
    wanted === "auto" ? { code: "engine/no-backend" } : { code: "engine/backend-not-started", backend: wanted },
  );
}

function reasonFor({ backend, note }: Probe, missing: ReadonlySet<BackendName>): EngineStatus["reason"] {
  if (backend !== "wasm") return note;
  return { kind: missing.size > 0 ? "not-loaded" : "no-hardware-gpu" };
}

/**
 * @returns whether it started
 * @throws PartError when a file that it needs cannot be loaded
 */
async function start(backend: BackendName): Promise<boolean> {
  try {
    if (backend === "webgpu") await loadPart("webgpu", () => import("@tensorflow/tfjs-backend-webgpu"));
    const started = backend === "wasm" ? await setWasm() : await tf.setBackend(backend);
    if (!started) return false;
    await tf.ready();
    if (backend === "webgl") assumeFullPrecision();
    if (backend === "wasm") endIdleThreads();
    return true;
  } catch (error) {
    if (error instanceof PartError) throw error;
    return false;
  }
}

/**
 * TensorFlow.js does not tell a file that could not be loaded from one that does not run, and takes no other address after
 * a failure. So the file is fetched here, and handed over by an address within this worker.
 */
async function setWasm(): Promise<boolean> {
  if (tf.engine().registry.wasm) return tf.setBackend("wasm");
  const file = URL.createObjectURL(await fetchWasm());
  setWasmPaths({
    "tfjs-backend-wasm.wasm": file,
    "tfjs-backend-wasm-simd.wasm": file,
    "tfjs-backend-wasm-threaded-simd.wasm": file,
  });
  const cores = navigator.hardwareConcurrency || 1;
  setThreadsCount(Math.min(cores, MAX_THREADS));
  // Its C++ takes at most half of the cores that it is told of (`init_with_threads_count` in tfjs-backend-wasm).
  Object.defineProperty(navigator, "hardwareConcurrency", { value: 2 * cores, configurable: true });
  try {
    return await tf.setBackend("wasm");
  } finally {
    // Its threads are given the compiled module.
    URL.revokeObjectURL(file);
  }
}

/**
 * The WebAssembly starts eight threads, and takes one for each that it computes with besides its own. The others would wait
 * for ever, each with memory that browsers count as 17 MB.
 */
function endIdleThreads(): void {
  const { wasm } = tf.backend() as unknown as { wasm?: { PThread?: { unusedWorkers: Worker[] } } };
  for (const thread of wasm?.PThread?.unusedWorkers.splice(0) ?? []) thread.terminate();
}

/** The one file that TensorFlow.js asks for in this browser. */
async function fetchWasm(): Promise<Blob> {
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  const threads = await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT");
  try {
    const response = await fetch(simd ? (threads ? wasmThreaded : wasmSimd) : wasmPlain);
    const bytes = await response.arrayBuffer();
    // Some hosts answer for a missing file with a page, and some do not know the type of this one.
    if (WebAssembly.validate(bytes)) return new Blob([bytes], { type: "application/wasm" });
  } catch (cause) {
    throw new PartError({ code: "part/not-loaded", part: "wasm" }, { cause });
  }
  throw new PartError({ code: "part/not-loaded", part: "wasm" });
}

/** TensorFlow.js reports 16 bits on 32-bit GPUs and then trains with too large an epsilon (tfjs issue 6980). */
function assumeFullPrecision(): void {
  const backend = tf.backend() as unknown as { floatPrecisionValue?: number };
  if (tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) backend.floatPrecisionValue = 32;
}

/** `navigator.gpu` can exist without an adapter behind it, on which TensorFlow.js would fall over. */
async function probeWebGpu(): Promise<Probe> {
  const none = { backend: "webgpu", available: false, rank: 8 } as const;
  if (!("gpu" in navigator)) return { ...none, note: { kind: "not-offered" } };
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (!adapter) return { ...none, note: { kind: "no-gpu-for-it" } };
  const { description, vendor, architecture } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(" ");
  const isFallback = (adapter.info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
  return gpu("webgpu", isFallback || SOFTWARE_RENDERER.test(`${name} ${architecture}`), name, 0);
}

async function probeWebGl(): Promise<Probe> {
  const context = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!context) return { backend: "webgl", available: false, rank: 9, note: { kind: "not-offered" } };
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return gpu("webgl", SOFTWARE_RENDERER.test(name), name, 1);
}

async function probeWasm(): Promise<Probe> {
  const available = typeof WebAssembly === "object";
  const cores = globalThis.crossOriginIsolated ? "several-cores" : "one-core";
  return { backend: "wasm", available, rank: 4, note: { kind: available ? cores : "not-offered" } };
}

function gpu(backend: "webgpu" | "webgl", isSoftware: boolean, name: string, place: number): Probe {
  return isSoftware
    ? { backend, available: true, rank: 5 + place, note: { kind: "software-gpu" } }
    : { backend, available: true, rank: place, note: { kind: "hardware-gpu", name } };
}
