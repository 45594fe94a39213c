/** Damaged tables, tars and names in zips: each ends in a reading or in a FormatError with a reason, nothing else. */
import { expect, test, vi } from "vitest";
import { sentenceOf } from "../../../../src/app/words/words.ts";
import { createRandom } from "../../../../src/dataset/random.ts";
import { readTar } from "../../../../src/formats/archives/tar.ts";
import { decodeNames } from "../../../../src/formats/archives/zip-names.ts";
import { readTree } from "../../../../src/formats/datasets/layouts.ts";
import { FormatError } from "../../../../src/formats/errors.ts";
import { bytes, utf8 } from "../../../fixtures/hostile/bytes.ts";
import { damagedBytes } from "../../../fixtures/hostile/mutate.ts";
import { many, treeOf } from "./tree.ts";

/** A busy machine takes its time. */
vi.setConfig({ testTimeout: 120_000 });

const PHOTOS = [...many("images/", 6, ".jpg"), ...many("other/cat_", 2, ".jpg")];
const TABLES: Readonly<Record<string, string>> = {
  "labels.csv":
    'file,label,split\n0.jpg,cat,train\n1.jpg,"cat, tame",test\n2.jpg,dog,\n3.jpg,dog,train\n4.jpg,dog,test\n',
  "_classes.csv": "filename,cat,dog\n0.jpg,1,0\n1.jpg,1,0\n2.jpg,0,1\n3.jpg,0,1\n",
  "val.txt": "images/0.jpg 0\nimages/1.jpg 1\nimages/2.jpg 0\nimages/3.jpg 1\n",
  "metadata.jsonl": [0, 1, 2, 3]
    .map((at) => `{"file_name":"${at}.jpg","label":"${at % 2 ? "cat" : "dog"}"}`)
    .join("\n"),
  "coco.json":
    '{"images":[{"id":1,"file_name":"0.jpg"},{"id":2,"file_name":"1.jpg"}],"annotations":[{"image_id":1,"category_id":1}],"categories":[{"id":1,"name":"cat"}]}',
  "tasks.json":
    '[{"data":{"image":"/d/0.jpg"},"annotations":[{"result":[{"type":"choices","value":{"choices":["cat"]}}]}]}]',
  "classes.txt": "cat\ndog\n",
};

test("2,100 damaged tables give every photo a place, or leave it out", async () => {
  const random = createRandom(11);
  const names = Object.keys(TABLES);
  for (let round = 0; round < 2100; round++) {
    const target = names[round % names.length] ?? "";
    const damaged = new Blob([damagedBytes(utf8(TABLES[target] ?? ""), random)]);
    const readings = await readTree(treeOf(PHOTOS, { "classes.txt": TABLES["classes.txt"] ?? "", [target]: damaged }));
    for (const { labels } of readings) {
      expect(
        [...labels.keys()].filter((path) => !PHOTOS.includes(path)),
        `round ${round}`,
      ).toEqual([]);
    }
  }
});

test("800 damaged tars are listed, or refused with a reason", async () => {
  const random = createRandom(12);
  const member = (path: string, content: string) => {
    const header = new Uint8Array(512);
    header.set(utf8(path));
    header.set(utf8(`${content.length.toString(8).padStart(11, "0")}\0${" ".repeat(20)}0`), 124);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.set(utf8(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
    return bytes(header, utf8(content), new Uint8Array((512 - (content.length % 512)) % 512));
  };
  const tar = bytes(member("cat/1.jpg", "one"), member("dog/2.jpg", "two".repeat(300)), new Uint8Array(1024));
  for (let round = 0; round < 800; round++) {
    try {
      for (const entry of await readTar(new Blob([damagedBytes(tar, random)]), "fuzz.tar")) await entry.blob();
    } catch (error) {
      expect(error, `round ${round}`).toBeInstanceOf(FormatError);
      expect(sentenceOf(error)).toMatch(/\S.*[.?]$/s);
    }
  }
});

test("600 sets of names of any bytes are decoded, and different names stay different", () => {
  const random = createRandom(13);
  for (let round = 0; round < 600; round++) {
    const raw = Array.from({ length: 4 }, (_, at) => ({
      bytes: Uint8Array.from([...Array.from({ length: 6 }, () => 0x30 + Math.floor(random() * 208)), 0x2f, 0x30 + at]),
      unicodePath: null,
    }));
    const { names } = decodeNames(raw, null);
    expect(new Set(names).size, `round ${round}`).toBe(4);
  }
});
