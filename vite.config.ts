import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { offlineBuild } from "./scripts/offline-build.ts";
import { HEADERS, ISOLATION } from "./src/offline/headers.ts";
import { CONTENT_SECURITY_POLICY } from "./src/offline/policy.ts";

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

/** What reads HEIC names modules of Node that it uses only there: here they are empty, and no build need say so. */
function withoutNode(): Plugin {
  const EMPTY = "\0empty";
  return {
    name: "without-node",
    enforce: "pre",
    resolveId: (id, importer) => (/^(fs|path|crypto)$/.test(id) && /libheif-js/.test(importer ?? "") ? EMPTY : null),
    load: (id) => (id === EMPTY ? "export default {};" : null),
  };
}

/** Left out of `vite dev`, whose reloading needs inline scripts. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}

export default defineConfig({
  // Relative addresses, so that the built site works from any sub-path of any file host.
  base: "./",
  plugins: [react(), selfContainedWasmThreads(), contentSecurityPolicy(), offlineBuild()],
  worker: { format: "es", plugins: () => [selfContainedWasmThreads(), withoutNode()] },
  server: { headers: ISOLATION },
  preview: { headers: HEADERS },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    // How long plugins take is of no use to whoever only wants the app.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
