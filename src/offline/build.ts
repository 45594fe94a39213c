/** What a build of the app consists of, and which of it a browser keeps. */

export interface Build {
  /** Hash of all its files. */
  readonly id: string;
  /** Subresource Integrity value of each file, by its path from the app's folder as addresses have it. */
  readonly files: Readonly<Record<string, string>>;
}

/** What of WebAssembly a browser runs. */
export interface WasmFeatures {
  readonly simd: boolean;
  readonly threads: boolean;
}

export const HOME = "index.html";

/** The files to keep: all but the WebAssembly variants that TensorFlow.js would not choose in this browser. */
export function filesToKeep(build: Build, features: WasmFeatures): string[] {
  const wanted = features.simd ? (features.threads ? "threaded-simd" : "simd") : "plain";
  return Object.keys(build.files).filter((path) => {
    const variant = wasmVariant(path);
    return variant === null || variant === wanted;
  });
}

function wasmVariant(path: string): "plain" | "simd" | "threaded-simd" | null {
  // libheif, which reads HEIC photos, is the same everywhere.
  if (!path.endsWith(".wasm") || /(^|\/)libheif-[^/]*$/.test(path)) return null;
  if (path.includes("-threaded-simd")) return "threaded-simd";
  return path.includes("-simd") ? "simd" : "plain";
}

/** The smallest modules with one vector instruction and with one atomic one, by which TensorFlow.js tells as well. */
const WITH_VECTORS = "0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,10,9,1,7,0,65,0,253,15,26,11";
const WITH_ATOMICS = "0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,5,4,1,3,1,1,10,11,1,9,0,65,0,254,16,2,0,26,11";

export function wasmFeatures(): WasmFeatures {
  const runs = (module: string) =>
    typeof WebAssembly === "object" && WebAssembly.validate(Uint8Array.from(module.split(",").map(Number)));
  return { simd: runs(WITH_VECTORS), threads: runs(WITH_ATOMICS) };
}

/** A file's path from the app's folder, in which a folder stands for its page; null when it is elsewhere. @param scope address of the folder, with a slash at its end */
export function pathIn(scope: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { origin, pathname } = new URL(address);
  const folder = new URL(scope);
  if (origin !== folder.origin || !pathname.startsWith(folder.pathname)) return null;
  return pathname.slice(folder.pathname.length) || HOME;
}
