/**
 * The table of exports: what the page offers, what each file is called and what its readers take. A new export is one
 * row here and one file in `formats/models`; its writer (`formats/models/exports.ts`) and its words
 * (`app/words/en/exports.ts`) have a place by the row's name, which the compiler asks for.
 */
import type { Preprocessing } from "./model.ts";

/** What a classifier is fed with that matters to an export. */
export interface ExportedInput {
  readonly crop: Preprocessing["crop"];
  /** Side of the input in pixels. */
  readonly side: number;
  /** Whether the classifier answers “none of these”; left out where it never does. */
  readonly rejects?: boolean;
}

/** What some reader of an export does with every photo, whatever the classifier was trained with. */
export type ExportLimit =
  | { readonly code: "teachable-machine/input-size"; readonly only: Pick<ExportedInput, "side"> }
  | { readonly code: "teachable-machine/crop"; readonly only: Pick<ExportedInput, "crop"> }
  /** The export has no “none of these”, or only Headstart reads it there. */
  | { readonly code: "rejection/left-out" | "rejection/unread"; readonly only: { readonly rejects: false } };

interface ExportRow {
  /** `project` and `photos` need photos; `classifier` needs a trained classifier. */
  readonly holds: "project" | "classifier" | "photos";
  /** Of the file's name, after the project's or the classifier's. */
  readonly ending: string;
  readonly limits: readonly ExportLimit[];
  /** Whether it says when a classifier answers “none of these”. */
  readonly tellsRejection?: true;
  /** What the model is called where it is one file and can be had without the zip. */
  readonly alone?: string;
  /** Largest difference of probabilities that it may show when it is read back; left out where this app does not read it. */
  readonly proof?: number;
}

/** Of a classifier whose model is one file that tells everything. */
const ONE_FILE = { holds: "classifier", limits: [], tellsRejection: true, proof: 1e-4 } as const;

/** In the order of the page. */
export const EXPORTS = {
  project: { holds: "project", ending: "-headstart.zip", limits: [] },
  "teachable-machine": {
    holds: "classifier",
    ending: "-teachable-machine.zip",
    limits: [
      { code: "teachable-machine/input-size", only: { side: 224 } },
      { code: "teachable-machine/crop", only: { crop: "center" } },
    ],
    proof: 1e-4,
  },
  tfjs: { holds: "classifier", ending: "-tfjs.zip", limits: [], tellsRejection: true, proof: 1e-4 },
  keras: { ...ONE_FILE, ending: "-keras.zip", alone: ".keras" },
  "keras-h5": { ...ONE_FILE, ending: "-h5.zip", alone: ".h5" },
  onnx: { ...ONE_FILE, ending: "-onnx.zip", alone: ".onnx" },
  tflite: { ...ONE_FILE, ending: "-tflite.zip", alone: ".tflite" },
  "tflite-float16": { ...ONE_FILE, ending: "-tflite-float16.zip", alone: ".tflite", proof: 5e-3 },
  photos: { holds: "photos", ending: "-photos.zip", limits: [] },
} as const satisfies Readonly<Record<string, ExportRow>>;

export type ExportName = keyof typeof EXPORTS;

/** Those that hold a classifier alone. */
export type ExportFormat = {
  [Name in ExportName]: (typeof EXPORTS)[Name]["holds"] extends "classifier" ? Name : never;
}[ExportName];

export const EXPORT_NAMES = Object.keys(EXPORTS) as readonly ExportName[];

export function isExportFormat(name: ExportName): name is ExportFormat {
  return EXPORTS[name].holds === "classifier";
}

/** How a classifier's file is named and checked, beyond what every row says. */
export function packingOf(name: ExportFormat): Pick<ExportRow, "ending" | "alone" | "proof"> {
  return EXPORTS[name];
}

/** Where readers of an export do otherwise than the classifier was trained. */
export function limitsOf(name: ExportName, input: ExportedInput): readonly ExportLimit[] {
  const { limits, holds, tellsRejection }: ExportRow = EXPORTS[name];
  const rejection = {
    code: tellsRejection ? "rejection/unread" : "rejection/left-out",
    only: { rejects: false },
  } as const;
  const all = holds === "classifier" && input.rejects ? [...limits, rejection] : limits;
  return all.filter(({ only }) => {
    const { side = input.side, crop = input.crop, rejects }: Partial<ExportedInput> = only;
    return side !== input.side || crop !== input.crop || (rejects === false && input.rejects === true);
  });
}
