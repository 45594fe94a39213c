/** What lies beside a model in its zip: labels, how photos are fed, samples with what the model gives for them, a README. */
import type { ExportFormat } from "../../network/exports.ts";
import type { Classifier, Preprocessing } from "../../network/model.ts";
import type { ZipFile } from "../archives/zip-stream.ts";
import { pngOf } from "../images/png.ts";
import { takesPixels } from "./export-programs.ts";
import { exportReadme } from "./export-readme.ts";

/** A photo as the classifier gets it, with its answer. */
export interface ExportSample {
  /** `[height, width, 3]` of the classifier's input, red, green and blue. */
  readonly pixels: Uint8Array;
  /** In class order. */
  readonly probabilities: readonly number[];
}

/** The files in the order in which people look for them. @param samples may be none */
export async function companions(
  format: ExportFormat,
  classifier: Classifier,
  samples: readonly ExportSample[],
): Promise<ZipFile[]> {
  const { classNames, preprocessing } = classifier;
  const { height, width } = preprocessing;
  const pictures = await Promise.all(
    samples.map(async ({ pixels }, at) => {
      const png = pngOf({ width, height, channels: 3, values: pixels });
      return { path: `samples/sample-${at + 1}.png`, bytes: new Uint8Array(await png.arrayBuffer()) };
    }),
  );
  const expected = samples.map(({ probabilities }, at) => ({
    file: `samples/sample-${at + 1}.png`,
    probabilities: probabilities.map((value) => Number(value.toPrecision(7))),
  }));
  return [
    text("README.md", exportReadme(format, classifier, samples.length)),
    text("labels.txt", `${classNames.join("\n")}\n`),
    text("preprocess.json", json(feedingOf(format, preprocessing))),
    text("samples.json", json(expected)),
    ...pictures,
  ];
}

/** For whoever feeds the model; what the model does by itself is not among it. */
function feedingOf(format: ExportFormat, { height, width, crop, channelOrder, scale, offset }: Preprocessing) {
  const size = { height, width, crop, layout: "NHWC" };
  if (format === "teachable-machine") {
    return { ...size, crop: "center", channelOrder: "RGB", scale: perChannel(1 / 127), offset: perChannel(-1) };
  }
  return takesPixels(format)
    ? { ...size, channelOrder: "RGB", scale: perChannel(1), offset: perChannel(0) }
    : { ...size, channelOrder, scale, offset };
}

function perChannel(value: number): number[] {
  return [value, value, value];
}

function text(path: string, content: string): ZipFile {
  return { path, bytes: new TextEncoder().encode(content) };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
