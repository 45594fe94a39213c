/**
 * What TensorFlow Lite's task libraries, MediaPipe's and ML Kit ask of an image classifier beside its graph:
 * https://ai.google.dev/edge/litert/models/metadata and `metadata_schema.fbs`.
 */
import { WrittenTable, writeFlatBuffer } from "./written-flatbuffer.ts";

/** Among the metadata of a model. */
export const METADATA_NAME = "TFLITE_METADATA";
/** The file with a class in each line, in a zip behind the model. */
export const LABELS_FILE = "labels.txt";

/** Numbers of tables in the schema's unions, and of its enumerations. */
const FEATURE = 1;
const IMAGE = 2;
const NORMALISATION = 1;
const RED_GREEN_BLUE = 1;
const AXIS_LABELS = 2;

/** Photos as they are, 0 to 255, into probabilities: readers subtract a mean of 0 and divide by 1. */
export function writeMetadata(name: string): Uint8Array {
  const normalisation = new WrittenTable().floats(0, [0]).floats(1, [1]);
  const input = new WrittenTable()
    .text(0, "photo")
    .text(1, "Red, green and blue of each pixel, 0 to 255.")
    .table(3, new WrittenTable().byte(0, IMAGE).table(1, new WrittenTable().byte(0, RED_GREEN_BLUE)))
    .tables(4, [new WrittenTable().byte(0, NORMALISATION).table(1, normalisation)])
    .table(5, new WrittenTable().floats(0, [255]).floats(1, [0]));
  const labels = new WrittenTable().text(0, LABELS_FILE).text(1, "The classes.").byte(2, AXIS_LABELS);
  const output = new WrittenTable()
    .text(0, "probability")
    .text(1, "Of each class, 0 to 1.")
    .table(3, new WrittenTable().byte(0, FEATURE).table(1, new WrittenTable()))
    .table(5, new WrittenTable().floats(0, [1]).floats(1, [0]))
    .tables(6, [labels]);
  const graph = new WrittenTable().tables(2, [input]).tables(3, [output]);
  const model = new WrittenTable().text(0, name).text(1, "An image classifier.").text(2, "1").tables(3, [graph]);
  return writeFlatBuffer(model.text(7, "1.0.0"), "M001");
}
