import type { ZipFault } from "../../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../../faults.ts";
import { bytes, count, files } from "../../language.ts";

export const zipFaults: FaultWords<ZipFault> = {
  "zip/not-a-zip": ({ file }) => `${file} is not a zip file, or its end is missing. Download it or make it again.`,
  "zip/cut-short": ({ file }) => `${file} is cut short. Download it or make it again.`,
  "zip/damaged-directory": ({ file }) => `${file} has a damaged directory. Make the zip again.`,
  "zip/overlap": ({ file, entry }) =>
    `${file} is not safe to read: “${entry}” overlaps something else in it. Make the zip again.`,
  "zip/too-many-files": ({ file, files: found, most }) =>
    `${file} holds ${files(found)}; the most is ${count(most)}. Split it.`,
  "zip/too-large": ({ file, bytes: size, most }) =>
    `${file} would unpack to ${bytes(size)}; the most is ${bytes(most)}. Split it.`,
  "zip/too-many-to-write": ({ most }) =>
    `One zip can hold ${files(most)}, and this would be more. Split the project in two.`,
  "zip/description-too-large": ({ entry, bytes: size, most }) =>
    `“${entry}” has ${bytes(size)}; the most that is read is ${bytes(most)}. Make the zip again, without it or with a smaller one.`,
  "zip/entry-name": ({ file, entry }) =>
    `“${entry}” in ${file} has a name that no file can have. Rename it and make the zip again.`,
  "zip/entry-outside": ({ file, entry }) =>
    `“${entry}” in ${file} points outside the zip. Make the zip again from inside the folder of photos.`,
  "zip/entry-encrypted": ({ file, entry }) => `“${entry}” in ${file} is encrypted. Make the zip without a password.`,
  "zip/entry-method": ({ file, entry, method }) =>
    `“${entry}” in ${file} is compressed in a way that Headstart cannot read (method ${method}). Make the zip again with the usual compression.`,
  "zip/entry-too-large": ({ file, entry, bytes: size }) =>
    `“${entry}” in ${file} would unpack to an unreasonable ${bytes(size)}. Make the zip again.`,
  "zip/entry-cut-short": ({ file, entry }) => `“${entry}” in ${file} is cut short. Make the zip again.`,
  "zip/entry-damaged": ({ file, entry }) => `“${entry}” in ${file} is damaged. Make the zip again.`,
  "zip/entry-size": ({ file, entry }) =>
    `“${entry}” in ${file} does not have the size that the zip declares. Make the zip again.`,
  "zip/entry-changed": ({ file, entry }) =>
    `“${entry}” in ${file} is damaged: its bytes have changed since the zip was made. Download the zip or make it again.`,
};
