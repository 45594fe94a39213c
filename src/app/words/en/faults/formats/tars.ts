import type { TarFault } from "../../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../../faults.ts";
import { bytes, files } from "../../language.ts";

type NotOpened = Extract<TarFault, { readonly code: "archive/not-opened" }>;

const KINDS: Readonly<Record<NotOpened["kind"], string>> = {
  "7z": "a 7z archive",
  rar: "a RAR archive",
  xz: "an archive compressed with xz",
  bzip2: "an archive compressed with bzip2",
  zstd: "an archive compressed with Zstandard",
};

export const tarFaults: FaultWords<TarFault> = {
  "tar/damaged": ({ file }) => `${file} is damaged. Download it or make it again.`,
  "tar/too-large": ({ file, most }) =>
    `${file} would unpack to more than ${bytes(most)}. Unpack it, and add a part of what it holds.`,
  "tar/too-many-files": ({ file, most }) => `${file} holds more than ${files(most)}. Split it.`,
  "tar/entry-outside": ({ file, entry }) =>
    `“${entry}” in ${file} points outside the archive. Make the archive again from inside the folder of photos.`,
  "tar/entry-too-large": ({ file, entry, bytes: size }) =>
    `“${entry}” in ${file} has an unreasonable ${bytes(size)}. Make the archive again.`,
  "tar/entry-cut-short": ({ file, entry }) => `“${entry}” in ${file} is cut short. Download the archive again.`,
  "archive/gzip-of-one-file": () =>
    "It is a compressed file that holds neither an archive nor a photo. Unpack it, and add what it holds.",
  "archive/not-opened": ({ kind }) =>
    `It is ${KINDS[kind]}, which Headstart cannot open. Unpack it, and add the folder, or make a zip of it.`,
};
