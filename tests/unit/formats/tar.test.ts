/** Tars, made by hand from POSIX's description of ustar and pax, and by GNU tar where the machine has it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { beginningOfGzip, gunzip } from "../../../src/formats/archives/gunzip.ts";
import { archiveKind } from "../../../src/formats/archives/kind.ts";
import { readTar } from "../../../src/formats/archives/tar.ts";
import { FormatError } from "../../../src/formats/errors.ts";
import { type Bytes, bytes, utf8 } from "../../fixtures/hostile/bytes.ts";

interface TarFile {
  readonly path: string;
  readonly content?: string;
  readonly type?: string;
  readonly prefix?: string;
  /** As written, when it lies. */
  readonly size?: number;
}

function block({ path, content = "", type = "0", prefix = "", size = utf8(content).length }: TarFile): Bytes {
  const header = new Uint8Array(512);
  const put = (at: number, text: string) => header.set(utf8(text), at);
  put(0, path);
  put(100, "0000644\0");
  put(124, `${size.toString(8).padStart(11, "0")}\0`);
  put(148, "        ");
  put(156, type);
  put(257, "ustar\x0000");
  put(345, prefix);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  const data = utf8(content);
  return bytes(header, data, new Uint8Array((512 - (data.length % 512)) % 512));
}

const tarOf = (...files: readonly TarFile[]) => new Blob([bytes(...files.map(block), new Uint8Array(1024))]);
const listed = async (tar: Blob) =>
  Promise.all((await readTar(tar, "a.tar")).map(async (entry) => [entry.path, await (await entry.blob()).text()]));
const codeOf = (error: unknown) => (error instanceof FormatError ? error.fault.code : error);

test("files are listed with their contents, folders and links are not", async () => {
  const tar = tarOf(
    { path: "./set/", type: "5" },
    { path: "./set/cat/1.jpg", content: "one" },
    { path: "set/link.jpg", type: "2" },
    { path: "dog/2.jpg", prefix: "set/a very deep folder", content: "two" },
  );
  expect(await listed(tar)).toEqual([
    ["set/cat/1.jpg", "one"],
    ["set/a very deep folder/dog/2.jpg", "two"],
  ]);
});

test("long names of GNU tar and of pax are whole", async () => {
  const long = `${"long/".repeat(40)}1.jpg`;
  const record = ` path=${long}猫\n`;
  const length = utf8(record).length + 3;
  const tar = tarOf(
    { path: "././@LongLink", type: "L", content: `${long}\0` },
    { path: long.slice(0, 99), content: "gnu" },
    { path: "PaxHeader", type: "x", content: `${length}${record}` },
    { path: "short", content: "pax" },
    { path: "plain.jpg", content: "plain" },
  );
  expect(await listed(tar)).toEqual([
    [long, "gnu"],
    [`${long}猫`, "pax"],
    ["plain.jpg", "plain"],
  ]);
});

test("a tar that is cut short gives the files before the cut, and names the one that is cut", async () => {
  const whole = tarOf({ path: "a.jpg", content: "a".repeat(600) }, { path: "b.jpg", content: "b".repeat(600) });
  const entries = await readTar(whole.slice(0, 512 + 1024 + 512 + 100), "a.tar");
  expect(entries.map(({ path, problem }) => [path, problem?.code ?? null])).toEqual([
    ["a.jpg", null],
    ["b.jpg", "tar/entry-cut-short"],
  ]);
});

test("a damaged header ends the list", async () => {
  const damaged = bytes(block({ path: "a.jpg", content: "a" }), block({ path: "b.jpg", content: "b" }).fill(7, 0, 50));
  expect(await listed(new Blob([damaged]))).toEqual([["a.jpg", "a"]]);
});

test.each([["../a.jpg"], ["/etc/a.jpg"], ["a/../../b.jpg"], ["C:/a.jpg"]])(
  "%s points outside and is refused",
  async (path) => {
    const [entry] = await readTar(tarOf({ path, content: "x" }), "a.tar");
    expect(entry?.problem?.code).toBe("tar/entry-outside");
    await expect(entry?.blob()).rejects.toMatchObject({ fault: { code: "tar/entry-outside" } });
  },
);

test("sizes that lie hang nothing", async () => {
  for (const size of [0o77777777777, 1]) {
    const entries = await readTar(
      tarOf({ path: "a.jpg", content: "abc", size }, { path: "b.jpg", content: "b" }),
      "a.tar",
    );
    expect(entries[0]?.path).toBe("a.jpg");
  }
  await expect(readTar(new Blob(["no tar"]), "a.tar")).resolves.toEqual([]);
  await expect(readTar(new Blob(["x".repeat(600)]), "a.tar")).rejects.toMatchObject({ fault: { code: "tar/damaged" } });
});

describe("gzip", () => {
  test("gives what it holds, and its beginning alone", async () => {
    const text = "headstart ".repeat(100_000);
    const packed = new Blob([gzipSync(text)]);
    expect(await (await gunzip(packed, "a.gz")).text()).toBe(text);
    expect(new TextDecoder().decode(await beginningOfGzip(packed, 12))).toBe("headstart he");
  });

  test("what is cut short gives what comes before", async () => {
    const noise = Array.from({ length: 20_000 }, (_, at) => (at * 7919) % 10_007).join();
    const packed = gzipSync(noise);
    const text = await (await gunzip(new Blob([packed.subarray(0, packed.length / 2)]), "a.gz")).text();
    expect(noise.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(1000);
  });

  test("a bomb is stopped", async () => {
    const bomb = new Blob([gzipSync(Buffer.alloc(300 * 2 ** 20))]);
    expect(bomb.size).toBeLessThan(400_000);
    expect(codeOf(await gunzip(bomb, "bomb.gz").catch((error: unknown) => error))).toBe("tar/too-large");
  });
});

test.each([
  ["zip", "PK\x03\x04"],
  ["gzip", "\x1f\x8b\x08"],
  ["7z", "7z\xbc\xaf\x27\x1c"],
  ["rar", "Rar!\x1a\x07\x01\0"],
  ["xz", "\xfd7zXZ\0"],
  ["bzip2", "BZh9"],
  ["zstd", "\x28\xb5\x2f\xfd"],
  [null, "hello"],
])("%s is told by its beginning", (kind, beginning) => {
  expect(archiveKind(Uint8Array.from(beginning, (letter) => letter.charCodeAt(0)))).toBe(kind);
});

function hasTar(): boolean {
  try {
    return execFileSync("tar", ["--version"]).toString().includes("GNU");
  } catch {
    return false;
  }
}

test.skipIf(!hasTar()).each(["gnu", "pax", "ustar", "v7"])("what GNU tar writes as %s is read", async (format) => {
  const folder = mkdtempSync(join(tmpdir(), "headstart-tar-"));
  try {
    mkdirSync(join(folder, "set", "猫"), { recursive: true });
    writeFileSync(join(folder, "set", "猫", "1.txt"), "one");
    writeFileSync(join(folder, "set", "猫", "2.txt"), "two");
    execFileSync("tar", [`--format=${format}`, "-cf", "a.tar", "--sort=name", "set"], { cwd: folder });
    const tar = new Blob([readFileSync(join(folder, "a.tar"))]);
    expect(await listed(tar)).toEqual([
      ["set/猫/1.txt", "one"],
      ["set/猫/2.txt", "two"],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
