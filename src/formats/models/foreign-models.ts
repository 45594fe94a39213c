/** Files that stand for a model or hold one, and are none that can be read. */
import { FormatError, type FormatFault } from "../errors.ts";
import type { GivenFile } from "./model-files.ts";
import { baseName } from "./shards.ts";

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = "version https://git-lfs.github.com/spec/";
const WEB_PAGE = /^\s*(<!doctype html|<html)/i;

/** @throws FormatError when one of the files stands for a file that was not downloaded */
export function refuseStandIns(files: readonly GivenFile[]): void {
  for (const { path, bytes } of files) {
    const start = new TextDecoder().decode(bytes.subarray(0, 64));
    const file = baseName(path);
    if (start.startsWith(LFS_POINTER)) throw new FormatError({ code: "model/git-lfs", file });
    if (WEB_PAGE.test(start) && MODEL_ENDING.test(file)) throw new FormatError({ code: "model/web-page", file });
  }
}

const MODEL_ENDING = /\.(json|bin|h5|hdf5|keras|onnx|tflite|zip)$/i;

/** Kinds of models that others read, by the endings of their files. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/(^saved_model)?\.pb$|\.pbtxt$/i, "TensorFlow (SavedModel)"],
  [/\.(pt|pth|ckpt|safetensors)$/i, "PyTorch"],
  [/\.(mlmodel|mlpackage)$/i, "Core ML"],
];

/** What to say of files in which there is no model. */
export function nothingFound(files: readonly GivenFile[]): FormatFault {
  const names = files.map(({ path }) => baseName(path));
  for (const [ending, kind] of OTHERS) {
    const file = names.find((name) => ending.test(name));
    if (file !== undefined) return { code: "model/other-kind", file, kind };
  }
  if (names.some((name) => /\.bin$/.test(name))) return { code: "model/weights-alone" };
  return { code: "model/none", files: names.slice(0, 5) };
}
