import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** SharedArrayBuffer, and with it threaded WebAssembly, exists only on cross-origin isolated pages. */
const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/**
 * TensorFlow.js hands its threaded WebAssembly factory to its workers as source text. That text refers to a variable
 * outside the factory, which a bundler renames ("e is not defined"); a property of globalThis keeps its name.
 */
function selfContainedWasmThreads(): Plugin {
  return {
    name: "self-contained-wasm-threads",
    enforce: "pre",
    transform(code, id) {
      if (!/tfjs-backend-wasm-threaded-simd\.js(\?.*)?$/.test(id)) return null;
      return {
        code: code
          .replace(/\bvar _scriptDir\s*=/, "globalThis.__tfjsScriptDir =")
          .replace(/\b_scriptDir\b/g, "globalThis.__tfjsScriptDir"),
        map: null,
      };
    },
  };
}

export default defineConfig({
  // Relative addresses, so that the built site works from any sub-path of any file host.
  base: "./",
  plugins: [react(), selfContainedWasmThreads()],
  worker: { format: "es", plugins: () => [selfContainedWasmThreads()] },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
});
