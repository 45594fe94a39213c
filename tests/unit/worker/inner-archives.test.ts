/** Archives in archives, files that were compressed by themselves, and unpacking: once, told, and ended when asked. */
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sentence } from "../../../src/app/words/faults.ts";
import { words } from "../../../src/app/words/words.ts";
import { createRandom } from "../../../src/dataset/random.ts";
import { checkPhoto } from "../../../src/formats/images/header.ts";
import { reasonOf } from "../../../src/worker/errors.ts";
import { candidatesIn } from "../../../src/worker/incoming.ts";
import type { IncomingFile, Unpacking } from "../../../src/worker/protocol/index.ts";
import { questionsOn } from "../../../src/worker/questions.ts";
import { createDrops, type Unpacker, unpackerFor } from "../../../src/worker/unpacking.ts";
import { type Bytes, bytes, compress, crc32, utf8 } from "../../fixtures/hostile/bytes.ts";
import { flagJpeg } from "../../fixtures/hostile/photos.ts";
import { tarMember } from "../../fixtures/hostile/tar.ts";
import { type ZipFile, zipOf } from "../../fixtures/hostile/zip.ts";

async function find(files: readonly IncomingFile[], unpacker: Unpacker = unpackerFor(files)) {
  const photos: Record<string, number> = {};
  const refused: Record<string, string> = {};
  for await (const { path, placement, problem, read } of candidatesIn(files, { expect() {} }, {}, unpacker)) {
    if (placement.kind === "ignored") continue;
    try {
      if (problem) {
        refused[path] = sentence(words.faults, problem);
        continue;
      }
      checkPhoto(new Uint8Array(await (await read()).arrayBuffer()));
      const name = [placement.fixedSplit ?? "", placement.className ?? "-"].filter(Boolean).join(" ");
      photos[name] = (photos[name] ?? 0) + 1;
    } catch (error) {
      refused[path] = sentence(words.faults, reasonOf(error));
    }
  }
  return { photos, refused };
}

const photo = (path: string): ZipFile => ({ path, stored: flagJpeg(path) });
const zipWith = (...paths: readonly string[]) => zipOf(paths.map(photo));
const file = (path: string, content: Bytes): IncomingFile => ({ path, blob: new Blob([content]) });
const stored = (path: string, content: Bytes): ZipFile => ({ path, stored: content });

async function deflated(path: string, content: Bytes): Promise<ZipFile> {
  const packed = await compress(content, "deflate-raw");
  return { path, stored: packed, size: content.length, crc: crc32(content), method: 8 };
}

function tarOf(...members: readonly (readonly [string, Bytes])[]): Bytes {
  return bytes(...members.map(([path, content]) => tarMember(path, content)));
}
const tarWith = (...paths: readonly string[]) => tarOf(...paths.map((path) => [path, flagJpeg(path)] as const));

const TRAIN = ["cat.0.jpg", "cat.1.jpg", "dog.0.jpg", "dog.1.jpg"];
const UNDER = TRAIN.map((path) => `train/${path}`);

test.each([
  ["bare", TRAIN, ["1.jpg"]],
  ["with a folder of their own names, as Kaggle ships them", UNDER, ["test1/1.jpg"]],
])("Dogs vs. Cats, train.zip and test1.zip in a zip: %s", async (_, train, unlabelled) => {
  const outer = zipOf([
    await deflated("train.zip", zipWith(...train)),
    stored("test1.zip", zipWith(...unlabelled)),
    stored("sampleSubmission.csv", utf8("id,label\n1,0\n")),
  ]);
  const found = await find([file("dogs-vs-cats.zip", outer)]);
  expect(found).toEqual({ photos: { cat: 2, dog: 2, Unsorted: 1 }, refused: {} });
});

test.each([
  ["a tar in a zip", zipOf([stored("cat.tar", tarWith("1.jpg")), stored("dog.tar", tarWith("1.jpg"))])],
  ["a tar.gz in a zip", zipOf([stored("cat.tar.gz", gzipSync(tarWith("1.jpg"))), photo("dog/1.jpg")])],
  ["a zip in a tar", tarOf(["cat.zip", zipWith("1.jpg")], ["dog.zip", zipWith("dog/1.jpg")])],
  ["a zip in a tar.gz", gzipSync(tarOf(["set/cat.zip", zipWith("1.jpg")], ["set/dog/1.jpg", flagJpeg("b")]))],
  [
    "one zip alone, beside a note",
    zipOf([stored("all.zip", zipWith("cat/1.jpg", "dog/1.jpg")), stored("README.md", utf8("a"))]),
  ],
  ["one zip of loose folders alone", zipOf([stored("all.zip", zipWith("all/cat/1.jpg", "all/dog/1.jpg"))])],
])("archives' files join the tree around them: %s", async (_, content) => {
  expect(await find([file("pets.zip", content)])).toEqual({ photos: { cat: 1, dog: 1 }, refused: {} });
});

test("a table beside an inner archive labels its photos", async () => {
  const table = stored("labels.csv.gz", gzipSync(utf8("file,label\n1.jpg,cat\n2.jpg,dog\n3.jpg,cat\n4.jpg,dog\n")));
  const outer = zipOf([stored("images.zip", zipWith("1.jpg", "2.jpg", "3.jpg", "4.jpg")), table]);
  expect((await find([file("pets.zip", outer)])).photos).toEqual({ cat: 2, dog: 2 });
});

test("a damaged inner archive, a foreign one and one too deep are named, and nothing else is lost", async () => {
  const whole = zipWith("1.jpg");
  const outer = zipOf([
    stored("bird.zip", whole.slice(0, whole.length - 40)),
    stored("fish.zip", utf8("This is no archive.")),
    stored("fox.rar", utf8("Rar!\x1a\x07\x01\0 and more")),
    { ...stored("newt.zip", whole), crc: 1 },
    stored("cat.zip", zipOf([photo("1.jpg"), stored("more.zip", zipWith("2.jpg")), stored("more.tar.gz", utf8("a"))])),
    stored("dog.zip", zipWith("1.jpg")),
  ]);
  const { photos, refused } = await find([file("pets.zip", outer)]);
  expect(photos).toEqual({ cat: 1, dog: 1 });
  expect(Object.keys(refused).toSorted()).toEqual([
    "bird.zip",
    "cat/more.tar.gz",
    "cat/more.zip",
    "fish.zip",
    "fox.rar",
    "newt.zip",
  ]);
  expect(refused["bird.zip"]).toMatch(/bird\.zip/);
  expect(refused["cat/more.zip"]).toBe(
    "It is an archive within cat.zip, too deep to be opened. Unpack cat.zip and add what it holds.",
  );
  expect(refused["fox.rar"]).toMatch(/RAR archive/);
  expect(refused["newt.zip"]).toMatch(/newt\.zip/);
});

test("a photo that is named like an archive is a photo, at both levels", async () => {
  const inner = zipOf([photo("1.jpg"), stored("2.zip", flagJpeg("2"))]);
  const outer = zipOf([stored("cat.zip", inner), photo("dog/1.jpg"), stored("dog/2.zip", flagJpeg("3"))]);
  expect(await find([file("pets.zip", outer)])).toEqual({ photos: { cat: 2, dog: 2 }, refused: {} });
});

test("a file that was compressed by itself is looked at as any other", async () => {
  const table = gzipSync(utf8("file,label\na.jpg,cat\nb.jpg,dog\nc.jpg,cat\nd.jpg,dog\n"));
  const files = ["a", "b", "c", "d"].map((name) => file(`${name}.jpg.gz`, gzipSync(flagJpeg(name))));
  const found = await find([...files, file("labels.csv.gz", table)]);
  expect(found).toEqual({ photos: { cat: 2, dog: 2 }, refused: {} });
  const zip = await find([file("pets.zip.gz", gzipSync(zipWith("cat/1.jpg", "dog/1.jpg")))]);
  expect(zip).toEqual({ photos: { cat: 1, dog: 1 }, refused: {} });
});

test("paths in inner archives that lead outside are named, and declared sizes count over both levels", async () => {
  const hollow: ZipFile[] = Array.from({ length: 9 }, (_, at) => ({ ...photo(`${at}.jpg`), size: 3.9e9 }));
  const outer = zipOf([
    stored("cat.zip", zipWith("../../1.jpg", "2.jpg")),
    stored("dog.zip", zipOf(hollow.slice(0, 5))),
    stored("fox.zip", zipOf(hollow.slice(5))),
  ]);
  const { photos, refused } = await find([file("pets.zip", outer)]);
  expect(photos).toEqual({ cat: 1 });
  expect(refused["fox.zip"]).toMatch(/fox\.zip would unpack to/);
  expect(Object.values(refused).filter((reason) => /outside/.test(reason))).toHaveLength(1);
});

/** A tar.gz of 5 MB that counts how often it is read from its beginning to its end. */
function heavyTar() {
  let state = 1;
  const noise = Uint8Array.from({ length: 5e6 }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  });
  const blob = new Blob([gzipSync(tarOf(["cat/1.jpg", flagJpeg("1")], ["dog/1.jpg", bytes(flagJpeg("2"), noise)]))]);
  let reads = 0;
  const stream = blob.stream.bind(blob);
  const counted = Object.assign(blob, {
    stream: () => {
      let given = 0;
      return stream().pipeThrough(
        new TransformStream({
          transform(piece: Uint8Array, controller) {
            given += piece.byteLength;
            if (given === blob.size) reads += 1;
            controller.enqueue(piece);
          },
        }),
      );
    },
  });
  return { file: { path: "heavy.tar.gz", blob: counted }, reads: () => reads };
}

test("a drop is unpacked once for its questions and its import, and again when it was forgotten", async () => {
  const { file: heavy, reads } = heavyTar();
  const drops = createDrops();
  const { signal } = new AbortController();
  const told: Unpacking[] = [];
  const unpacker = () => drops.unpacker([heavy], "a drop", signal, (unpacking) => told.push(unpacking));
  expect(await questionsOn([heavy], {}, unpacker())).toEqual([]);
  expect((await find([heavy], unpacker())).photos).toEqual({ cat: 1, dog: 1 });
  expect(reads()).toBe(1);
  for (const { file: name, done, total } of told) {
    expect(name).toBe("heavy.tar.gz");
    expect(done).toBeLessThanOrEqual(total);
  }
  drops.forget("a drop");
  await find([heavy], unpacker());
  expect(reads()).toBe(2);
});

test("unpacking ends when it is cancelled, and starts anew when it is asked for again", async () => {
  const { file: heavy, reads } = heavyTar();
  const drops = createDrops();
  const controller = new AbortController();
  const ended = questionsOn(
    [heavy],
    {},
    drops.unpacker([heavy], "a drop", controller.signal, () => undefined),
  );
  const rejected = expect(ended).rejects.toMatchObject({ name: "AbortError" });
  controller.abort();
  await rejected;
  expect(reads()).toBe(0);
  const again = drops.unpacker([heavy], "a drop", new AbortController().signal, () => undefined);
  expect((await find([heavy], again)).photos).toEqual({ cat: 1, dog: 1 });
});

test("whatever bytes are changed in archives in archives, photos come out or reasons do", async () => {
  const random = createRandom(11);
  const next = (below: number) => Math.floor(random() * below);
  const seeds = [
    zipOf([await deflated("cat.zip", zipWith("1.jpg", "2.jpg")), stored("dog.tar.gz", gzipSync(tarWith("1.jpg")))]),
    tarOf(["cat.zip", zipWith("1.jpg")], ["dog.tar", tarWith("dog/1.jpg")]),
    gzipSync(tarOf(["cat.zip", zipWith("1.jpg")], ["dog.jpg.gz", gzipSync(flagJpeg("d"))])),
    gzipSync(flagJpeg("alone")),
  ];
  for (let round = 0; round < 800; round++) {
    const content = bytes(seeds[round % seeds.length] ?? []);
    for (let change = 0; change <= round % 5; change++) content[next(content.length)] = next(256);
    const cut = round % 7 === 0 ? content.slice(0, next(content.length)) : content;
    const files = [file("pets.zip", cut)];
    const { photos, refused } = await find(files);
    const found = Object.values(photos).reduce((sum, each) => sum + each, 0) + Object.keys(refused).length;
    expect(found).toBeLessThan(10);
    await questionsOn(files, {}, unpackerFor(files));
  }
}, 60_000);
