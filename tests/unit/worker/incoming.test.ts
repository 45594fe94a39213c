/** What is found in hostile zips, up to the point where a browser would decode. */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { sentence } from "../../../src/app/words/faults.ts";
import { words } from "../../../src/app/words/words.ts";
import { checkPhoto, checkPhotoSize } from "../../../src/formats/images/header.ts";
import { reasonOf } from "../../../src/worker/errors.ts";
import { candidatesIn } from "../../../src/worker/incoming.ts";
import type { IncomingFile, ReadingChoice } from "../../../src/worker/protocol/index.ts";
import { questionsOn } from "../../../src/worker/questions.ts";
import { unpackerFor } from "../../../src/worker/unpacking.ts";
import { bytes, utf8 } from "../../fixtures/hostile/bytes.ts";
import { flagJpeg } from "../../fixtures/hostile/photos.ts";
import { sparseBlob } from "../../fixtures/hostile/sparse.ts";
import { tarMember } from "../../fixtures/hostile/tar.ts";
import { endOf, localPart, record, zipOf } from "../../fixtures/hostile/zip.ts";
import { HOSTILE_ZIPS, type HostileFile, SOUND_PHOTOS } from "../../fixtures/hostile.ts";

interface Found {
  /** Photos by class. */
  readonly photos: Map<string, number>;
  /** Reasons by path. */
  readonly refused: Map<string, string>;
  ignored: number;
}

async function find(files: readonly IncomingFile[], choice: ReadingChoice = {}): Promise<Found> {
  const found: Found = { photos: new Map(), refused: new Map(), ignored: 0 };
  let expected = 0;
  let seen = 0;
  for await (const { path, placement, size, problem, read } of candidatesIn(
    files,
    {
      expect(more) {
        expected += more;
      },
    },
    choice,
  )) {
    seen += 1;
    if (placement.kind === "ignored") {
      found.ignored += 1;
      continue;
    }
    try {
      if (problem !== null) {
        found.refused.set(pathIn(path), sentence(words.faults, problem));
        continue;
      }
      checkPhotoSize(size);
      checkPhoto(new Uint8Array(await (await read()).arrayBuffer()));
      const className = placement.className ?? "";
      found.photos.set(className, (found.photos.get(className) ?? 0) + 1);
    } catch (error) {
      found.refused.set(pathIn(path), sentence(words.faults, reasonOf(error)));
    }
  }
  expect(seen).toBe(expected);
  return found;
}

const pathIn = (path: string) => path.replace("\0", "");

const given = async ({ path, make }: HostileFile): Promise<IncomingFile> => ({ path, blob: new Blob([await make()]) });

describe("hostile zips", () => {
  test.each(HOSTILE_ZIPS.map((file) => [file.title, file] as const))("%s", async (_, file) => {
    const found = await find([await given(file)]);
    const { outcome } = file;
    if (outcome.kind !== "zip") {
      expect([...found.refused.keys()]).toEqual([file.path]);
      expect(found.refused.get(file.path)).toMatch(outcome.kind === "refused" ? outcome.reason : "");
      expect(found.photos.size).toBe(0);
      return;
    }
    expect(Object.fromEntries(found.photos)).toEqual(outcome.photos);
    expect([...found.refused.keys()].toSorted()).toEqual(Object.keys(outcome.refused).toSorted());
    for (const [path, reason] of Object.entries(outcome.refused)) expect(found.refused.get(path)).toMatch(reason);
  });
});

test("a picture is a picture whatever its name says, a zip a zip", async () => {
  const named = SOUND_PHOTOS.filter(({ path }) => /inside|no-extension/.test(path));
  const found = await find(await Promise.all(named.map(given)));
  expect(found.refused).toEqual(new Map());
  expect(found.photos).toEqual(new Map([["good", named.length]]));
});

test("office files and apps, which are zips inside, are left out like other files that are no photos", async () => {
  const zip = new Blob([zipOf([{ path: "media/a.jpg", stored: flagJpeg("office") }])]);
  const found = await find(["a.docx", "a.keras", "a.apk", "a.odt", "a.epub"].map((path) => ({ path, blob: zip })));
  expect(found).toEqual({ photos: new Map(), refused: new Map(), ignored: 5 });
});

test("a file that is gone by the time it is read is named, and the others go in", async () => {
  const gone = {
    size: 9,
    slice: () => gone,
    arrayBuffer: () => Promise.reject(new DOMException("gone", "NotFoundError")),
  };
  const files = [
    { path: "a/gone.jpg", blob: gone as unknown as Blob },
    { path: "a/gone.zip", blob: gone as unknown as Blob },
  ];
  const found = await find([...files, { path: "a/here.jpg", blob: new Blob([flagJpeg("here")]) }]);
  expect(found.photos).toEqual(new Map([["a", 1]]));
  for (const { path } of files) expect(found.refused.get(path)).toMatch(/cannot be read from the disk/);
});

/** A zip of equal photos, the last of them behind a gap. */
function largeZip(files: number, gap: number) {
  const photo = { path: "cats/a.jpg", stored: flagJpeg("sparse") };
  const part = localPart(photo);
  const places = Array.from({ length: files }, (_, at) => at * part.length + (at === files - 1 ? gap : 0));
  const directory = bytes(
    ...places.map((place, at) => record({ ...photo, path: `cats/${at}.jpg`, zip64: true }, place)),
  );
  const offset = files * part.length + gap;
  const end = endOf(files, directory.length, offset, { zip64: true });
  const first = bytes(...places.slice(1).map(() => part));
  const last = bytes(part, directory, end);
  return sparseBlob(offset + directory.length + end.length, [
    { at: 0, bytes: first },
    { at: first.length + gap, bytes: last },
  ]);
}

test("a zip of 4 GB is read by its directory, and its photos one by one", async () => {
  const { blob, read } = largeZip(50, 4 * 2 ** 30);
  expect(blob.size).toBeGreaterThan(2 ** 32);
  const found = await find([{ path: "large.zip", blob }]);
  expect(found.photos).toEqual(new Map([["cats", 50]]));
  expect(read()).toBeLessThan(200_000);
});

test("60,000 files are listed and each is read", async () => {
  const { blob } = largeZip(60_000, 0);
  const found = await find([{ path: "many.zip", blob }]);
  expect(found.photos).toEqual(new Map([["cats", 60_000]]));
}, 60_000);

const photosIn = (...paths: readonly string[]) =>
  new Blob([zipOf(paths.map((path) => ({ path, stored: flagJpeg(path) })))]);

test("a zip's names decide together: Dogs vs. Cats gives classes from file names", async () => {
  const blob = photosIn("train/cat.0.jpg", "train/cat.1.jpg", "train/dog.0.jpg", "train/dog.1.jpg", "test1/1.jpg");
  const found = await find([{ path: "dogs-vs-cats.zip", blob }]);
  expect(Object.fromEntries(found.photos)).toEqual({ cat: 2, dog: 2, Unsorted: 1 });
});

test("a table in a zip labels its photos, while a damaged photo among them is named", async () => {
  const photos = [1, 2, 3, 4].map((at) => ({
    path: `images/${at}.jpg`,
    stored: flagJpeg(`photo ${at}`),
    crc: at === 4 ? 1 : undefined,
  }));
  const table = { path: "labels.csv", stored: utf8("file,label\n1,cat\n2,cat\n3,dog\n4,dog\n") };
  const blob = new Blob([zipOf([...photos.map(({ crc, ...each }) => (crc ? { ...each, crc } : each)), table])]);
  const found = await find([{ path: "pets.zip", blob }]);
  expect(Object.fromEntries(found.photos)).toEqual({ cat: 2, dog: 1 });
  expect([...found.refused.keys()]).toEqual(["images/4.jpg"]);
  expect(found.ignored).toBe(1);
});

const AMBIGUOUS = ["cats/siamese", "cats/persian", "dogs/pug", "dogs/beagle"].map((folder) => `${folder}/1.jpg`);

test("what only a person can say is asked with counts and examples, and the answer is taken", async () => {
  const file = { path: "pets.zip", blob: photosIn(...AMBIGUOUS) };
  const [question, ...others] = await questionsOn([file], {}, unpackerFor([file]));
  expect(others).toEqual([]);
  expect(
    question?.offers.map(({ understood, classes, examples }) => [understood.layout, classes.length, examples.length]),
  ).toEqual([
    ["inner-folders", 4, 4],
    ["upper-folders", 2, 4],
  ]);
  expect(question?.offers[1]?.classes[0]).toEqual({ name: "cats", photos: 2, train: 0, validation: 0, test: 0 });
  expect(question?.offers[0]?.examples[0]?.photo?.size).toBe(flagJpeg(AMBIGUOUS[0] ?? "").length);
  const found = await find([file], { chosen: { [question?.key ?? ""]: 1 } });
  expect(Object.fromEntries(found.photos)).toEqual({ cats: 2, dogs: 2 });
});

test("the code page of names is asked when it is in doubt, and the answer is taken", async () => {
  // кот in Windows-1251, which is Greek letters in Windows-1253.
  const blob = new Blob([zipOf([{ path: bytes([0xea, 0xee, 0xf2], "/1.jpg"), stored: flagJpeg("a") }])]);
  const [question] = await questionsOn([{ path: "z.zip", blob }], {}, unpackerFor([]));
  expect(question?.offers.map(({ classes }) => classes[0]?.name)).toEqual(["кот", "κξς"]);
  const found = await find([{ path: "z.zip", blob }], { chosen: { "z.zip": 1 } });
  expect(Object.fromEntries(found.photos)).toEqual({ κξς: 1 });
});

test("loose photos go to the class that was chosen, whatever they are called", async () => {
  const files = ["cat_1.jpg", "cat_2.jpg", "dog_1.jpg", "dog_2.jpg"].map((path) => ({
    path,
    blob: new Blob([flagJpeg(path)]),
  }));
  expect(Object.fromEntries((await find(files)).photos)).toEqual({ cat: 2, dog: 2 });
  expect(Object.fromEntries((await find(files, { looseHaveAPlace: true })).photos)).toEqual({ "": 4 });
});

const TAR = bytes(...["cat/1.jpg", "cat/2.jpg", "dog/1.jpg"].map((path) => tarMember(`set/${path}`, flagJpeg(path))));

test.each([
  ["photos.tar", TAR],
  ["photos.tar.gz", gzipSync(TAR)],
  ["photos.tgz", gzipSync(TAR)],
  ["download", gzipSync(TAR)],
  ["photos.zip", TAR],
])("a tar is read, compressed or not, whatever it is called: %s", async (path, content) => {
  const found = await find([{ path, blob: new Blob([content]) }]);
  expect(Object.fromEntries(found.photos)).toEqual({ cat: 2, dog: 1 });
  expect(found.refused).toEqual(new Map());
});

test.each([
  ["photos.7z", "7z\xbc\xaf\x27\x1c", /7z archive.*Unpack it/],
  ["photos.rar", "Rar!\x1a\x07\x01\0", /RAR archive.*Unpack it/],
  ["photos.tar.xz", "\xfd7zXZ\0", /compressed with xz.*Unpack it/],
  ["labels.gz", String.fromCharCode(...gzipSync(gzipSync("no tar"))), /holds neither an archive nor a photo/],
])("%s is refused with what to do", async (path, content, reason) => {
  const blob = new Blob([Uint8Array.from(content, (letter) => letter.charCodeAt(0))]);
  const found = await find([{ path, blob }]);
  expect([...found.refused.values()]).toEqual([expect.stringMatching(reason)]);
});

const text = (beginning: string, length: number) =>
  Uint8Array.from(beginning.padEnd(length, "\0"), (letter) => letter.charCodeAt(0));

test.each([["train_32x32.mat", text(`${"MATLAB 5.0 MAT-file, Platform: GLNXA64".padEnd(126)}IM`, 128), /MATLAB/]])(
  "%s is named as the data set that it is, with what to do",
  async (path, content, kind) => {
    const found = await find([{ path, blob: new Blob([content]) }]);
    expect(found.refused.get(path)).toMatch(kind);
    expect(found.refused.get(path)).toMatch(/one folder of JPEG or PNG files per class/);
  },
);

test("other files of numbers are left out as before", async () => {
  const found = await find(
    ["weights.bin", "labels.npz"].map((path) => ({ path, blob: new Blob([text("\xff", 5000)]) })),
  );
  expect(found).toEqual({ photos: new Map(), refused: new Map(), ignored: 2 });
});
