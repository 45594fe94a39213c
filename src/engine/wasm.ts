/** TensorFlow.js's WebAssembly: its file, and its threads. */
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import wasmPlain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import wasmThreaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { PartError } from "../errors/part.ts";

/** More threads than this only get in each other's way with networks as small as these. */
const MAX_THREADS = 8;

/**
 * TensorFlow.js does not tell a file that could not be loaded from one that does not run, and takes no other address after
 * a failure. So the file is fetched here, and handed over by an address within this worker.
 *
 * @returns whether it started
 * @throws PartError when its file cannot be loaded
 */
export async function startWasm(): Promise<boolean> {
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
    const started = await tf.setBackend("wasm");
    if (started) endIdleThreads();
    return started;
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
