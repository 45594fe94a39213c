/** Zips past 4 GiB, without 4 GiB: a blob that knows what lies where, and is zero elsewhere. */
import { describe, expect, test } from "vitest";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { streamZip } from "../../../src/formats/archives/zip-stream.ts";
import { sayingLater } from "../../fixtures/saying.ts";
import { bytesOf } from "./zips.ts";

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
function farZip(): Blob {
  const content = bytesOf("far away");
  const local = Buffer.alloc(31);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(1, 26);
  local.write("a", 30);
  const record = Buffer.alloc(46 + 1 + 12);
  record.writeUInt32LE(0x02014b50, 0);
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

  test("more files than one zip can count are refused while writing", async () => {
    const nothing = new Uint8Array();
    const files = (async function* () {
      for (let at = 0; at < 0xffff; at++) yield { path: `${at}`, bytes: nothing };
    })();
    const drain = async () => {
      const reader = streamZip(files).getReader();
      while (!(await reader.read()).done);
    };
    expect(await sayingLater(drain())).toMatch(/can hold 65,534 files/);
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
