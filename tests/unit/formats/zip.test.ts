import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readZip, writeZip } from "../../../src/formats/archives/zip.ts";
import { FormatError } from "../../../src/formats/errors.ts";
import { crc32 } from "../../fixtures/hostile/bytes.ts";
import { sayingLater } from "../../fixtures/saying.ts";

const text = (value: string) => new TextEncoder().encode(value);

interface Given {
  path: string;
  stored: Uint8Array;
  size: number;
  method?: number;
  flags?: number;
  /** Of the bytes unpacked; of the stored ones unless told. */
  crc?: number;
}

/** A zip laid out by hand from APPNOTE 4.3: local headers, directory, end record. */
function zipOf(entries: readonly Given[]): Blob {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, stored, size, method = 0, flags = 0, crc = crc32(stored) } of entries) {
    const name = Buffer.from(path);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(flags, 8);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(crc, 16);
    record.writeUInt32LE(stored.length, 20);
    record.writeUInt32LE(size, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(offset, 42);
    parts.push(local, name, Buffer.from(stored));
    directory.push(record, name);
    offset += 30 + name.length + stored.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Blob([...parts, directoryBytes, end].map((part) => new Uint8Array(part)));
}

describe("reading", () => {
  test("stored and deflated entries come out whole, folders are left out", async () => {
    const long = text("photo ".repeat(500));
    const zip = zipOf([
      { path: "cats/", stored: new Uint8Array(), size: 0 },
      { path: "cats/a.jpg", stored: text("abc"), size: 3 },
      { path: "dogs\\b.jpg", stored: deflateRawSync(long), size: long.length, method: 8, crc: crc32(long) },
    ]);
    const entries = await readZip(zip, "photos.zip");
    expect(entries.map(({ path, size }) => [path, size])).toEqual([
      ["cats/a.jpg", 3],
      ["dogs/b.jpg", long.length],
    ]);
    expect(await (await entries[0]?.blob())?.text()).toBe("abc");
    expect(await (await entries[1]?.blob())?.text()).toBe("photo ".repeat(500));
  });

  test("an entry with zip signatures inside is not cut at them", async () => {
    const inner = new Uint8Array(await (await writeZip([{ path: "x", bytes: text("inner") }])).arrayBuffer());
    const [entry] = await readZip(await writeZip([{ path: "inner.zip", bytes: inner }]), "outer.zip");
    expect(new Uint8Array((await (await entry?.blob())?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(inner);
  });

  test("what is no zip, or is cut short, is named", async () => {
    expect(await sayingLater(readZip(new Blob(["hello"]), "letter.zip"))).toMatch(/letter\.zip is not a zip/);
    const zip = zipOf([{ path: "a", stored: text("abc"), size: 3 }]);
    expect(await sayingLater(readZip(zip.slice(20), "half.zip"))).toMatch(/half\.zip/);
  });

  test.each(["../evil.jpg", "/etc/evil.jpg", "a/../../evil.jpg", "C:/evil.jpg", "a\0.jpg"])(
    "an entry with the path %j is refused, and the others are read",
    async (path) => {
      const good = { path: "good", stored: text("ok"), size: 2 };
      const entries = await readZip(zipOf([{ path, stored: text("x"), size: 1 }, good]), "z.zip");
      expect(entries[0]?.problem?.code).toMatch(/^zip\/entry-(outside|name)$/);
      await expect(entries[0]?.blob()).rejects.toThrow(FormatError);
      expect(await sayingLater(Promise.resolve(entries[0]?.blob()))).toMatch(/outside the zip|no file can have/);
      expect(await (await entries[1]?.blob())?.text()).toBe("ok");
    },
  );

  test.each([
    ["encrypted", { flags: 1 }, /encrypted/],
    ["of an unknown method", { method: 12 }, /compressed in a way/],
    ["smaller than declared", { method: 8, stored: deflateRawSync(text("ab")), size: 3 }, /size/],
    ["larger than declared", { method: 8, stored: deflateRawSync(text("abcdef")), size: 3 }, /size/],
    ["declared absurdly large", { method: 8, stored: deflateRawSync(text("a")), size: 2 ** 31 }, /unreasonable/],
    ["of other bytes, stored", { crc: crc32(text("abd")) }, /“bad” in z\.zip is damaged: its bytes have changed/],
    [
      "of other bytes, deflated",
      { method: 8, stored: deflateRawSync(text("abc")), crc: crc32(text("abd")) },
      /“bad” in z\.zip is damaged: its bytes have changed/,
    ],
    ["garbage", { method: 8, stored: text("\xff\xff\xff"), size: 3 }, /damaged/],
  ])("an entry that is %s fails by itself", async (_, change, message) => {
    const good = { path: "good", stored: text("ok"), size: 2 };
    const entries = await readZip(zipOf([{ path: "bad", stored: text("abc"), size: 3, ...change }, good]), "z.zip");
    expect(await sayingLater(Promise.resolve(entries[0]?.blob()))).toMatch(message);
    expect(await (await entries[1]?.blob())?.text()).toBe("ok");
  });
});
