/** Which backend runs the numbers, and why. */
import * as tf from "@tensorflow/tfjs";
import { getThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import { loadPart, PartError } from "../errors/part.ts";
import { EngineError } from "./errors.ts";
import { watchDevice } from "./lost-device.ts";
import { startWasm } from "./wasm.ts";

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
    const started = backend === "wasm" ? await startWasm() : await tf.setBackend(backend);
    if (!started) return false;
    await tf.ready();
    if (backend === "webgl") assumeFullPrecision();
    return true;
  } catch (error) {
    if (error instanceof PartError) throw error;
    return false;
  }
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
