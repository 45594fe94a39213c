/** GPUs that the browser takes away. */
import * as tf from "@tensorflow/tfjs";
import { EngineError } from "./errors.ts";

/** A WebGPU device may say that it is lost a little after what waits for it has failed. In milliseconds. */
const SAYS_SO_WITHIN = 50;

/** Calls back once when the backend in use loses its GPU, unless another took its place. TensorFlow.js itself does not notice. */
export function watchDevice(onLost: (error: EngineError) => void): void {
  const name = tf.getBackend();
  const own = tf.backend();
  const lost = () => {
    if (tf.findBackend(name) === own) onLost(lostError());
  };
  contextOf(own)?.canvas.addEventListener("webglcontextlost", lost, { once: true });
  void deviceOf(own)?.lost.then(lost);
}

/**
 * Does work on the device. What a lost GPU made of it counts for nothing: WebGL may then give zeroes for results, and
 * WebGPU ends pending reads with an `AbortError`, as if somebody had cancelled them.
 *
 * @throws EngineError `engine/lost` in place of any result or error when the GPU was lost; but what waits for a lost WebGL
 *   context may wait for ever
 */
export async function unlessLost<Result>(work: () => Promise<Result>): Promise<Result> {
  const own = tf.backend();
  try {
    const result = await work();
    if (contextOf(own)?.isContextLost()) throw lostError();
    return result;
  } catch (error) {
    throw (await isLost(own)) ? lostError() : error;
  }
}

async function isLost(backend: unknown): Promise<boolean> {
  const device = deviceOf(backend);
  if (!device) return contextOf(backend)?.isContextLost() ?? false;
  const waiting = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), SAYS_SO_WITHIN));
  return Promise.race([device.lost.then(() => true), waiting]);
}

function lostError(): EngineError {
  return new EngineError({ code: "engine/lost" });
}

function contextOf(backend: unknown): WebGL2RenderingContext | null {
  return (backend as { gpgpu?: { gl: WebGL2RenderingContext } }).gpgpu?.gl ?? null;
}

function deviceOf(backend: unknown): GPUDevice | null {
  return (backend as { device?: GPUDevice }).device ?? null;
}
