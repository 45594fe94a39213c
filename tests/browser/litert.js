// LiteRT.js, whose own types change those of Float32Array everywhere: `litert.d.ts` says what is used of it.
export { loadAndCompile, loadLiteRt, Tensor, unloadLiteRt } from "@litertjs/core";
