/** Pickles that are no data, or lie about it. */
import { describe, expect, test } from "vitest";
import { readPickle } from "../../../../src/formats/datasets/packed/pickle.ts";

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const read = (text: string) => readPickle(new Blob([latin1(text)]), "data_batch_1");

/** As `python -m pickletools` shows them. */
test.each([
  ["a call of the system", "cposix\nsystem\n(S'id'\ntR.", { code: "packed/pickle-global", name: "posix.system" }],
  [
    "a call of eval in protocol 4",
    "\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.",
    { code: "packed/pickle-global", name: "builtins.eval" },
  ],
  ["names of JavaScript's own", "c__proto__\nconstructor\n.", { code: "packed/pickle-global" }],
  ["an instance", "(S'id'\nios\nsystem\n.", { code: "packed/pickle-opcode", opcode: "INST" }],
  ["an object of a class", "\x80\x02)\x81.", { code: "packed/pickle-opcode", opcode: "NEWOBJ" }],
  ["a name outside of the file", "Pid\n.", { code: "packed/pickle-opcode", opcode: "PERSID" }],
  ["an opcode that does not exist", "\x80\x02\xff.", { code: "packed/pickle-opcode", opcode: "0xff" }],
  ["a call of what is no function", "K\x01K\x02\x85R.", { code: "packed/damaged" }],
  ["an array's class called as a function", "cnumpy\nndarray\n)R.", { code: "packed/damaged" }],
  ["bytes longer than the file", "\x80\x02T\xff\xff\xff\x7fabc.", { code: "packed/cut-short" }],
  ["bytes of negative length", "\x80\x02T\xff\xff\xff\xffabc.", { code: "packed/cut-short" }],
  ["bytes of 2⁶³", "\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.", { code: "packed/cut-short" }],
  ["no end", "\x80\x02]", { code: "packed/cut-short" }],
  ["nothing on the stack", "\x80\x02.", { code: "packed/damaged" }],
  ["no mark", "\x80\x02t.", { code: "packed/damaged" }],
  ["something that was never kept", "\x80\x02h\x07.", { code: "packed/damaged" }],
  [
    "an array larger than its bytes",
    "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tU\x01bt" +
      "R(K\x01(J\xff\xff\xff\x7fM\x00\x0ctcnumpy\ndtype\n(U\x02u1K\x00K\x01tR\x89U\x04abcdtb.",
    { code: "packed/cut-short" },
  ],
  [
    "an array of Python objects",
    "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tU\x01btR(K\x01(K\x01tcnumpy\ndtype\n(U\x02O8K\x00K\x01tR\x89]tb.",
    { code: "packed/number-type", type: "|O8" },
  ],
])("%s is an error that names it", async (_, pickle, fault) => {
  await expect(read(pickle)).rejects.toMatchObject({ fault: { file: "data_batch_1", ...fault } });
});

describe("values", () => {
  test.each([
    ["K\x05.", 5],
    ["J\xff\xff\xff\xff.", -1],
    ["\x8a\x02\x00\xff.", -256],
    ["\x8a\x00.", 0],
    ["I01\n.", true],
    ["L12L\n.", 12],
    ["F1.5\n.", 1.5],
    ["G?\xf8\0\0\0\0\0\0.", 1.5],
    ["X\x03\0\0\0\xe2\x82\xac.", "€"],
    ["V\\u20ac\n.", "€"],
    ["(K\x01K\x02t.", [1, 2]],
    ["(lp0\nI1\naI2\na.", [1, 2]],
    ["(dp0\nS'a'\np1\nI1\ns.", new Map([["a", 1]])],
  ])("%j", async (pickle, value) => {
    expect(await read(pickle)).toEqual(value);
  });
});

test("long bytes stay a part of the file, wherever its window ends", async () => {
  const long = 2 ** 18 + 77;
  const head = latin1(`\x80\x04]\x8e${String.fromCharCode(long & 255, (long >> 8) & 255, long >> 16)}\0\0\0\0\0`);
  const blob = new Blob([head, new Uint8Array(long).fill(9), latin1("aK\x07a.")]);
  const value = await readPickle(blob, "x");
  expect(value).toEqual([expect.objectContaining({ text: null }), 7]);
});
