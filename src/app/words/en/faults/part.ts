import type { PartFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";

const PARTS: Readonly<Record<PartFault["part"], string>> = {
  chart: "the charts",
  storing: "what keeps your work in this browser",
  engine: "the engine, which does the work in the background",
  decoder: "the photo decoder",
  "model-reader": "what reads model files",
  wasm: "the engine’s WebAssembly",
  webgpu: "the engine’s WebGPU",
  "base-model": "the built-in base model",
  mobilenet: "the MobileNet loader",
  tiff: "what reads TIFF and raw photos",
  heic: "what reads HEIC photos",
};

export const partFaults: FaultWords<PartFault> = {
  "part/not-loaded": ({ part }) =>
    `Part of the app could not be loaded: ${PARTS[part]}. Check your connection and try again. Nothing that was saved is lost.`,
};
