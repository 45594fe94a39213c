/** https://ai.google.dev/edge/litert/web */

export class Tensor {
  constructor(data: Float32Array, shape: readonly number[]);
  data(): Promise<Float32Array>;
  delete(): void;
}

interface CompiledModel {
  run(inputs: readonly Tensor[]): Promise<Tensor[]>;
  delete(): void;
}

/** @param path of the folder with its WebAssembly */
export function loadLiteRt(path: string, options: { threads: boolean }): Promise<unknown>;
export function loadAndCompile(model: Uint8Array, options: { accelerator: "wasm" }): Promise<CompiledModel>;
export function unloadLiteRt(): void;
