/** Names of a zip's files in every encoding. The bytes are those of Python's codecs, written out by hand. */
import { describe, expect, test } from "vitest";
import { guessCodePages } from "../../../src/formats/archives/code-pages.ts";
import { readZip, readZipIn } from "../../../src/formats/archives/zip.ts";
import { bytes, crc32, u16, u32, utf8 } from "../../fixtures/hostile/bytes.ts";
import { endOf, localPart, record, zipOf } from "../../fixtures/hostile/zip.ts";

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Encoding, whose names, and each name with its bytes. */
const NAMES: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
  [
    "shift_jis",
    "Japanese",
    [
      ["写真/猫/0.png", "8eca905e2f944c2f302e706e67"],
      ["写真/犬/0.png", "8eca905e2f8ca22f302e706e67"],
      ["写真/ソファ/0.png", "8eca905e2f835c837483402f302e706e67"],
      ["写真/表/0.png", "8eca905e2f955c2f302e706e67"],
    ],
  ],
  [
    "gbk",
    "Chinese",
    [
      ["照片/苹果/0.png", "d5d5c6ac2fc6bbb9fb2f302e706e67"],
      ["照片/香蕉/0.png", "d5d5c6ac2fcfe3bdb62f302e706e67"],
      ["照片/汽车/0.png", "d5d5c6ac2fc6fbb3b52f302e706e67"],
    ],
  ],
  [
    "euc-kr",
    "Korean",
    [
      ["사진/고양이/0.png", "bbe7c1f82fb0edbee7c0cc2f302e706e67"],
      ["사진/강아지/0.png", "bbe7c1f82fb0adbec6c1f62f302e706e67"],
    ],
  ],
  [
    "big5",
    "Traditional Chinese",
    [
      ["照片/蘋果/0.png", "b7d3a4f92fc4abaa472f302e706e67"],
      ["照片/香蕉/0.png", "b7d3a4f92fadbbbfbc2f302e706e67"],
      ["照片/貓咪/0.png", "b7d3a4f92fbfdfab7d2f302e706e67"],
    ],
  ],
  [
    "windows-1251",
    "Russian in Windows",
    [
      ["фото/Яблоко/0.png", "f4eef2ee2fdfe1ebeeeaee2f302e706e67"],
      ["фото/груша/0.png", "f4eef2ee2fe3f0f3f8e02f302e706e67"],
    ],
  ],
  [
    "ibm866",
    "Russian in DOS",
    [
      ["фото/Яблоко/0.png", "e4aee2ae2f9fa1abaeaaae2f302e706e67"],
      ["фото/груша/0.png", "e4aee2ae2fa3e0e3e8a02f302e706e67"],
    ],
  ],
  [
    "windows-1253",
    "Greek",
    [
      ["φωτο/μήλο/0.png", "f6f9f4ef2fecdeebef2f302e706e67"],
      ["φωτο/αχλάδι/0.png", "f6f9f4ef2fe1f7ebdce4e92f302e706e67"],
    ],
  ],
  [
    "windows-1252",
    "German in Windows",
    [
      ["Fotos/Käfer/0.png", "466f746f732f4be46665722f302e706e67"],
      ["Fotos/Vögel/0.png", "466f746f732f56f667656c2f302e706e67"],
    ],
  ],
  [
    "cp437",
    "German in DOS",
    [
      ["Fotos/Käfer/0.png", "466f746f732f4b846665722f302e706e67"],
      ["Fotos/Vögel/0.png", "466f746f732f569467656c2f302e706e67"],
    ],
  ],
];

test.each(NAMES)("%s", async (page, _, names) => {
  const zip = zipOf(names.map(([, encoded], at) => ({ path: hex(encoded), stored: utf8(`photo ${at}`) })));
  const { entries, codePages } = await readZipIn(new Blob([zip]), "photos.zip", null);
  expect(entries.map(({ path }) => path)).toEqual(names.map(([name]) => name));
  expect(codePages[0]).toBe(page);
});

test("a person's choice is taken instead of the guess", async () => {
  const zip = zipOf([{ path: hex("8a30"), stored: utf8("photo") }]);
  const read = async (page: "ibm866" | "cp437") =>
    (await readZipIn(new Blob([zip]), "photos.zip", page)).entries[0]?.path;
  expect([await read("ibm866"), await read("cp437")]).toEqual(["К0", "è0"]);
});

test("no two folders become one: a page that would make them equal is not taken", () => {
  for (const page of guessCodePages([hex("fd"), hex("fe"), hex("ff")])) {
    const decoded = [hex("fd"), hex("fe"), hex("ff")].map((each) =>
      new TextDecoder(page === "cp437" ? "ibm866" : page).decode(each),
    );
    expect(new Set(decoded).size).toBe(3);
  }
});

describe("Info-ZIP's Unicode Path", () => {
  const RAW = hex("e4e0e3aae2eb2f302e706e67");
  const TRUE_NAME = "Фрукты/0.png";
  const zipWith = (crc: number) => {
    const file = { path: RAW, stored: utf8("photo") };
    const field = bytes([1], u32(crc), utf8(TRUE_NAME));
    const extra = bytes(u16(0x7075), u16(field.length), field);
    const local = localPart(file);
    const plain = record(file, 0);
    plain.set(u16(extra.length), 30);
    const directory = bytes(plain, extra);
    return new Blob([bytes(local, directory, endOf(1, directory.length, local.length))]);
  };

  test("counts when its CRC-32 fits the raw name", async () => {
    expect((await readZip(zipWith(crc32(RAW)), "z.zip"))[0]?.path).toBe(TRUE_NAME);
  });

  test("does not count when the name was changed since", async () => {
    expect((await readZip(zipWith(crc32(RAW) ^ 1), "z.zip"))[0]?.path).not.toEqual(TRUE_NAME);
  });
});

test("names in UTF-8 are that, flagged or not", async () => {
  for (const flags of [0, 0x800]) {
    const { entries, codePages } = await readZipIn(
      new Blob([zipOf([{ path: "猫/0.png", stored: utf8("x"), flags }])]),
      "z.zip",
      null,
    );
    expect([entries[0]?.path, codePages]).toEqual(["猫/0.png", []]);
  }
});
