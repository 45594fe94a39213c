import type { ExportFormat } from "../../network/exports.ts";
import type { Classifier } from "../../network/model.ts";
import { writeKeras, writeKerasH5 } from "./keras-write.ts";
import { writeLite } from "./lite/write.ts";
import { writeOnnx } from "./onnx/write.ts";
import { writeTeachableMachine } from "./teachable-machine.ts";
import { writeTfjsClassifier } from "./tfjs-classifier.ts";

/** The files that are the model; what lies beside them in its zip is `companions`' work. */
export type ExportWriter = (classifier: Classifier) => { readonly path: string; readonly bytes: Uint8Array }[];

/** The writer of each row of the table of exports, `EXPORTS`. */
export const EXPORT_WRITERS: Readonly<Record<ExportFormat, ExportWriter>> = {
  "teachable-machine": writeTeachableMachine,
  tfjs: writeTfjsClassifier,
  keras: (classifier) => [{ path: "model.keras", bytes: writeKeras(classifier) }],
  "keras-h5": (classifier) => [{ path: "model.h5", bytes: writeKerasH5(classifier) }],
  onnx: (classifier) => [{ path: "model.onnx", bytes: writeOnnx(classifier) }],
  tflite: (classifier) => [{ path: "model.tflite", bytes: writeLite(classifier, "float32") }],
  "tflite-float16": (classifier) => [{ path: "model.tflite", bytes: writeLite(classifier, "float16") }],
};
