/** Zips past 4 GiB, without 4 GiB: a blob that knows what lies where, and is zero elsewhere. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { streamZip } from "../../../src/formats/archives/zip-stream.ts";
import { crc32 } from "../../fixtures/hostile/bytes.ts";
import { sayingLater } from "../../fixtures/saying.ts";
import { bytesOf, zipOf } from "./zips.ts";

/** An independent reader; null where there is none. */
const PYTHON = ["python3", "python"].find((name) => spawnSync(name, ["-c", "import zipfile"]).status === 0) ?? null;
if (!PYTHON) console.warn("SKIPPED: there is no Python here to read a zip of 70,000 files that Headstart wrote");

interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** What a reader needs of a large blob. */
class SparseBlob {
  readonly size: number;
  readonly #pieces: readonly Piece[];

  constructor(size: number, pieces: readonly Piece[]) {
    this.size = size;
    this.#pieces = pieces;
  }

  slice(start: number, end: number): Blob {
    const bytes = new Uint8Array(Math.max(0, Math.min(end, this.size) - start));
    for (const piece of this.#pieces) {
      const from = Math.max(start, piece.at);
      const to = Math.min(start + bytes.length, piece.at + piece.bytes.length);
      if (from < to) bytes.set(piece.bytes.subarray(from - piece.at, to - piece.at), from - start);
    }
    return new Blob([bytes]);
  }
}

const FAR = 5 * 2 ** 30;

/** One stored entry at `FAR`; its record, directory and end as APPNOTE 4.3.12 to 4.3.16 and 4.5.3 lay them out. */
function farZip(crc = crc32(bytesOf("far away"))): Blob {
  const content = bytesOf("far away");
  const local = Buffer.alloc(31);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(1, 26);
  local.write("a", 30);
  const record = Buffer.alloc(46 + 1 + 12);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(content.length, 20);
  record.writeUInt32LE(content.length, 24);
  record.writeUInt16LE(1, 28);
  record.writeUInt16LE(12, 30);
  record.writeUInt32LE(0xffffffff, 42);
  record.write("a", 46);
  record.writeUInt16LE(1, 47);
  record.writeUInt16LE(8, 49);
  record.writeBigUInt64LE(BigInt(FAR), 51);
  const directoryAt = FAR + local.length + content.length;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(1n, 24);
  end64.writeBigUInt64LE(1n, 32);
  end64.writeBigUInt64LE(BigInt(record.length), 40);
  end64.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryAt + record.length), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(record.length, 12);
  end.writeUInt32LE(0xffffffff, 16);
  const bytes = Buffer.concat([local, content, record, end64, locator, end]);
  return new SparseBlob(FAR + bytes.length, [{ at: FAR, bytes }]) as unknown as Blob;
}

describe("zip64", () => {
  test("an entry past 4 GiB is found by its 64-bit offset", async () => {
    const [entry] = await readZip(farZip(), "far.zip");
    expect(entry?.size).toBe(8);
    expect(await (await entry?.blob())?.text()).toBe("far away");
  });

  test("an entry past 4 GiB whose bytes are not those of its CRC-32 is named", async () => {
    const [entry] = await readZip(farZip(123), "far.zip");
    expect(await sayingLater(Promise.resolve(entry?.blob()))).toMatch(/“a” in far\.zip is damaged/);
  });

  describe("of 70,000 files", () => {
    const nameOf = (at: number) => `photos/${at} ü.txt`;
    const files = Array.from({ length: 70_000 }, (_, at) => ({ path: nameOf(at), bytes: bytesOf(`content ${at}`) }));

    test("is written with its count in 64 bits and read back", { timeout: 120_000 }, async () => {
      const zip = await zipOf(files);
      const end = new DataView(await zip.slice(-22).arrayBuffer());
      const end64 = new DataView(await zip.slice(-98, -42).arrayBuffer());
      // APPNOTE 4.3.16 and 4.3.14: all ones send a reader from the one to the other.
      expect([end.getUint32(0, true), end.getUint16(8, true), end.getUint16(10, true)]).toEqual([
        0x06054b50, 0xffff, 0xffff,
      ]);
      expect([end64.getUint32(0, true), end64.getBigUint64(24, true), end64.getBigUint64(32, true)]).toEqual([
        0x06064b50,
        70_000n,
        70_000n,
      ]);
      const entries = await readZip(zip, "many.zip");
      expect(entries.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
      for (const at of [0, 65_534, 65_535, 65_536, 69_999]) {
        expect(await (await entries[at]?.blob())?.text()).toBe(`content ${at}`);
      }
    });

    test.skipIf(!PYTHON)("is whole to Python's zipfile", { timeout: 120_000 }, async () => {
      const folder = mkdtempSync(join(tmpdir(), "headstart-zip-"));
      try {
        const path = join(folder, "many.zip");
        writeFileSync(path, new Uint8Array(await (await zipOf(files)).arrayBuffer()));
        const program = `
import sys, zipfile
zip = zipfile.ZipFile(sys.argv[1])
print(zip.testzip(), len(zip.namelist()), zip.namelist()[-1], zip.read(zip.namelist()[-1]).decode())`;
        const said = execFileSync(PYTHON ?? "", ["-c", program, path], { env: { ...process.env, PYTHONUTF8: "1" } });
        expect(said.toString().trim()).toBe(`None 70000 ${nameOf(69_999)} content 69999`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  test("more files than a reader takes are refused while writing", { timeout: 120_000 }, async () => {
    const nothing = new Uint8Array();
    const files = (async function* () {
      for (let at = 0; at <= 200_000; at++) yield { path: `${at}`, bytes: nothing };
    })();
    const drain = async () => {
      const reader = streamZip(files).getReader();
      while (!(await reader.read()).done);
    };
    expect(await sayingLater(drain())).toMatch(/can hold 200,000 files/);
  });

  // Takes half a minute: LARGE_FILES=1 node scripts/test.mjs --project unit tests/unit/formats/zip64
  test.skipIf(!process.env.LARGE_FILES)(
    "70 files of 64 MiB are written and read back",
    { timeout: 300_000 },
    async () => {
      const shared = new Uint8Array(64 * 2 ** 20).map((_, at) => at % 251);
      const files = (async function* () {
        for (let at = 0; at < 70; at++) yield { path: `${at}.bin`, bytes: shared };
        yield { path: "last.txt", bytes: bytesOf("the last") };
      })();
      const pieces: Piece[] = [];
      let size = 0;
      const reader = streamZip(files).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        pieces.push({ at: size, bytes: part.value });
        size += part.value.length;
      }
      expect(size).toBeGreaterThan(2 ** 32);
      const entries = await readZip(new SparseBlob(size, pieces) as unknown as Blob, "large.zip");
      expect(entries.map((entry) => entry.size)).toEqual([...Array.from({ length: 70 }, () => shared.length), 8]);
      expect(await (await entries.at(-1)?.blob())?.text()).toBe("the last");
      const far = new Uint8Array((await (await entries.at(-2)?.blob())?.arrayBuffer()) ?? new ArrayBuffer());
      expect(Buffer.compare(far, shared)).toBe(0);
    },
  );
});
