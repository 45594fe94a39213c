/** The classifier in use into a file, which is read back and tried before it is given away. */
import { writeZip } from "../formats/archives/zip.ts";
import { companions, type ExportSample } from "../formats/models/companions.ts";
import { EXPORT_WRITERS } from "../formats/models/exports.ts";
import { packingOf } from "../network/exports.ts";
import type { Classifier } from "../network/model.ts";
import { getPhoto } from "../storage/photos.ts";
import type { ClassifierRooms } from "./classifiers.ts";
import { WorkerError } from "./errors.ts";
import { fileNameOf } from "./file-name.ts";
import type { ExportedClassifier, ExportRequest } from "./protocol/index.ts";
import { readModel } from "./reading-models.ts";
import { drawThreePhotos } from "./sample-photos.ts";

type ExportRooms = Pick<ClassifierRooms, "database" | "device" | "decoders">;

/**
 * @throws WorkerError when the file, read back, gives other probabilities
 * @throws FormatError when the format cannot hold the classifier
 */
export async function exportClassifier(
  rooms: ExportRooms,
  classifier: Classifier,
  { format, alone, photos }: Pick<ExportRequest, "format" | "alone" | "photos">,
): Promise<ExportedClassifier> {
  const { ending, alone: ownEnding, proof } = packingOf(format);
  const pixels = await samplePixels(rooms, classifier, photos);
  const probabilities = await answersOf(rooms, classifier, pixels);
  const samples = pixels.map(
    (photo, at): ExportSample => ({
      pixels: withoutAlpha(photo),
      probabilities: probabilities[at] ?? [],
    }),
  );
  const model = await EXPORT_WRITERS[format](classifier);
  const [file] = model;
  const isAlone = alone && ownEnding !== undefined && file !== undefined;
  const fileName = `${fileNameOf(classifier.name)}${isAlone ? ownEnding : ending}`;
  const blob = isAlone
    ? new Blob([file.bytes as Uint8Array<ArrayBuffer>])
    : await writeZip(withCompanions(model, await companions(format, classifier, samples)));
  if (proof === undefined) return { fileName, blob, difference: null };
  const again = await readBack(fileName, blob);
  const difference = largestDifference(probabilities, await answersOf(rooms, again, pixels));
  const isSame = `${again.classNames}` === `${classifier.classNames}` && difference <= proof;
  if (!isSame) throw new WorkerError({ code: "export/differs", fileName, difference });
  return { fileName, blob, difference };
}

type Files = ReturnType<(typeof EXPORT_WRITERS)[ExportRequest["format"]]>;

/** A format's own files come first, also where they have a name that companions have. */
function withCompanions(model: Files, others: Files): Files {
  const own = new Set(model.map(({ path }) => path));
  return [...model, ...others.filter(({ path }) => !own.has(path))];
}

/** Through all that opening a file goes through, on a thread of its own. */
async function readBack(fileName: string, blob: Blob): Promise<Classifier> {
  const task = { files: { given: [{ path: fileName, blob }] }, keepClassifier: true, name: null, source: "" };
  const tools = { onProgress: () => undefined, signal: new AbortController().signal };
  const model = await readModel(task, tools);
  if (model.kind !== "classifier") throw new WorkerError({ code: "export/no-classifier", fileName });
  return model.classifier;
}

/** RGBA of the classifier's input size. @param photos of the project, which the person gave for this; drawn ones where none */
async function samplePixels(
  { database, decoders }: ExportRooms,
  { preprocessing }: Classifier,
  photos: ExportRequest["photos"],
): Promise<Uint8ClampedArray[]> {
  const kept = await database();
  const blobs = photos.length
    ? await Promise.all(photos.map((photo) => getPhoto(kept, photo)))
    : await drawThreePhotos();
  return Promise.all(
    blobs.map(async (blob) => {
      const read = await decoders.run(async (decoder, job) => decoder.readFile(blob, preprocessing, job));
      if (!read.ok) throw new WorkerError({ code: "export/sample" });
      return read.value.pixels;
    }),
  );
}

function answersOf(
  { device }: ExportRooms,
  classifier: Classifier,
  pixels: readonly Uint8ClampedArray[],
): Promise<number[][]> {
  return device.withClassifier(classifier, async (live) =>
    (await live.classify(pixels)).map((answer) => [...answer.probabilities]),
  );
}

function largestDifference(expected: readonly number[][], found: readonly number[][]): number {
  const all = expected.flatMap((row, at) =>
    row.map((value, index) => Math.abs(value - (found[at]?.[index] ?? Number.NaN))),
  );
  return Math.max(...all);
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  return Uint8Array.from({ length: (rgba.length / 4) * 3 }, (_, at) => rgba[Math.floor(at / 3) * 4 + (at % 3)] ?? 0);
}
