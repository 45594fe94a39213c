import type { PackedFault } from "../../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../../faults.ts";
import { count, plural } from "../../language.ts";

const AS_PHOTOS = "Use the data set as photos: one folder of JPEG or PNG files per class.";

export const packedFaults: FaultWords<PackedFault> = {
  "packed/damaged": ({ file }) => `${file} is damaged. Download it again.`,
  "packed/cut-short": ({ file }) => `${file} is cut short. Download it again.`,
  "packed/label-out-of-range": ({ file, label, classes }) =>
    `${file} has the label ${count(label)}, and there are only ${count(classes)} classes, counted from 0. It may be damaged: download it again.`,
  "packed/counts-differ": ({ file, photos, labels }) =>
    `${file} holds ${plural(photos, { one: "# photo", other: "# photos" })}, and there are ${plural(labels, { one: "# label", other: "# labels" })} for them. Add the labels that belong to it.`,
  "packed/labels-alone": ({ file }) =>
    `${file} holds labels without photos. Add it together with the file that holds the photos.`,
  "packed/no-photos": ({ file, shape }) =>
    `${file} holds numbers (${shape}) that are no photos. Photos are arrays of number × height × width, with one or three colours. ${AS_PHOTOS}`,
  "packed/number-type": ({ file, type }) =>
    `${file} holds values of the type “${type}”, which Headstart does not read. Save them as bytes (uint8) or as numbers from 0 to 1.`,
  "packed/too-many-photos": ({ file, photos, most }) =>
    `${file} holds ${count(photos)} photos; the most is ${count(most)}. Split it.`,
  "packed/pickle-opcode": ({ file, opcode }) =>
    `${file} is a Python pickle that does more than hold data: it uses ${opcode}, which Headstart does not run. ${AS_PHOTOS}`,
  "packed/pickle-global": ({ file, name }) =>
    `${file} is a Python pickle that asks for “${name}”, which Headstart does not run. ${AS_PHOTOS}`,
};
