/** What each opcode of a pickle that holds data does. */
import { type PickleSource, SHORT_BYTES } from "./pickle-source.ts";
import {
  bytesOf,
  call,
  callable,
  LongText,
  PickledBytes,
  type PickleValue,
  setState,
  textOf,
} from "./pickle-values.ts";

export interface Machine {
  readonly source: PickleSource;
  readonly file: string;
  /** What stands above the last mark. */
  stack: PickleValue[];
  /** What stands below each mark. */
  readonly below: PickleValue[][];
  readonly memo: Map<number, PickleValue>;
}

export type Step = (machine: Machine) => void | Promise<void>;

export function pop({ stack, source }: Machine): PickleValue {
  const value = stack.pop();
  if (value === undefined) throw source.damaged();
  return value;
}

function top({ stack, source }: Machine): PickleValue {
  const value = stack.at(-1);
  if (value === undefined) throw source.damaged();
  return value;
}

/** What stands above the last mark, which goes. */
function popToMark(machine: Machine): PickleValue[] {
  const above = machine.stack;
  const below = machine.below.pop();
  if (!below) throw machine.source.damaged();
  machine.stack = below;
  return above;
}

/** A list or a tuple of what stands above the last mark. */
const tupleToMark: Step = (machine) => {
  const values = popToMark(machine);
  machine.stack.push(values);
};

const push =
  (make: (source: PickleSource) => PickleValue): Step =>
  ({ stack, source }) => {
    stack.push(make(source));
  };

/** Text in UTF-8. */
const text =
  (length: (source: PickleSource) => number): Step =>
  async ({ stack, source }) => {
    const bytes = length(source);
    if (bytes <= SHORT_BYTES) stack.push(new TextDecoder().decode(source.bytes(bytes)));
    else stack.push(new LongText(await source.part(bytes)));
  };

/** Bytes, or a text of Python 2. */
const bytes =
  (length: (source: PickleSource) => number): Step =>
  async ({ stack, source }) => {
    const size = length(source);
    if (size >= 0 && size <= SHORT_BYTES) stack.push(bytesOf(new Uint8Array(source.bytes(size))));
    else stack.push(new PickledBytes(await source.part(size), null));
  };

const tuple =
  (length: number): Step =>
  (machine) => {
    const values = Array.from({ length }, () => pop(machine)).reverse();
    machine.stack.push(values);
  };

const put =
  (place: (machine: Machine) => number | Promise<number>): Step =>
  async (machine) => {
    machine.memo.set(await place(machine), top(machine));
  };

const get =
  (place: (machine: Machine) => number | Promise<number>): Step =>
  async (machine) => {
    const value = machine.memo.get(await place(machine));
    if (value === undefined) throw machine.source.damaged();
    machine.stack.push(value);
  };

function append(machine: Machine, values: readonly PickleValue[]): void {
  const list = top(machine);
  if (!Array.isArray(list)) throw machine.source.damaged();
  for (const value of values) list.push(value);
}

function setItems(machine: Machine, values: readonly PickleValue[]): void {
  const dict = top(machine);
  if (!(dict instanceof Map) || values.length % 2 !== 0) throw machine.source.damaged();
  for (let at = 0; at < values.length; at += 2) {
    const key = values[at];
    const name = typeof key === "number" ? String(key) : textOf(key);
    if (name === null) throw machine.source.damaged();
    dict.set(name, values[at + 1] ?? null);
  }
}

async function lineText({ source }: Machine): Promise<string> {
  return new TextDecoder("latin1").decode(await source.line());
}

async function lineNumber(machine: Machine): Promise<number> {
  const line = (await lineText(machine)).replace(/L$/, "");
  const value = Number(line);
  if (line.trim() === "" || Number.isNaN(value)) throw machine.source.damaged();
  return value;
}

/** Two's complement of any length; what is beyond 64 bits is no number of a data set. */
function long(source: PickleSource, length: number): number {
  if (!(length >= 0 && length <= 8)) throw source.damaged();
  const digits = source.bytes(length);
  const value = digits.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return Number(BigInt.asIntN(8 * Math.max(length, 1), value));
}

/** `\xNN`, `\n` and their kin in a quoted text of Python 2. */
function unquoted(line: string, source: PickleSource): Uint8Array<ArrayBuffer> {
  const inner = line.match(/^(['"])(.*)\1$/s)?.[2];
  if (inner === undefined) throw source.damaged();
  const SHORT: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
  const plain = inner.replace(/\\(x[0-9a-f]{2}|.)/gis, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (SHORT[code] ?? code),
  );
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** Python's raw-unicode-escape. */
function unescaped(line: string): string {
  return line.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** By opcode, as a letter. */
export const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ["\x80", ({ source }) => void source.byte()],
  ["\x95", ({ source }) => void source.uint64()],
  [
    "(",
    (machine) => {
      machine.below.push(machine.stack);
      machine.stack = [];
    },
  ],
  ["0", (machine) => void pop(machine)],
  ["1", (machine) => void popToMark(machine)],
  ["N", push(() => null)],
  ["\x88", push(() => true)],
  ["\x89", push(() => false)],
  ["J", push((source) => source.int32())],
  ["K", push((source) => source.byte())],
  ["M", push((source) => source.uint16())],
  ["\x8a", push((source) => long(source, source.byte()))],
  ["\x8b", push((source) => long(source, source.int32()))],
  ["G", push((source) => source.float64())],
  [
    "I",
    async (machine) => {
      const line = await lineText(machine);
      const value = line === "01" ? true : line === "00" ? false : Number(line);
      if (Number.isNaN(value)) throw machine.source.damaged();
      machine.stack.push(value);
    },
  ],
  ["L", async (machine) => void machine.stack.push(await lineNumber(machine))],
  ["F", async (machine) => void machine.stack.push(await lineNumber(machine))],
  ["S", async (machine) => void machine.stack.push(bytesOf(unquoted(await lineText(machine), machine.source)))],
  ["V", async (machine) => void machine.stack.push(unescaped(await lineText(machine)))],
  ["T", bytes((source) => source.int32())],
  ["U", bytes((source) => source.byte())],
  ["B", bytes((source) => source.uint32())],
  ["C", bytes((source) => source.byte())],
  ["\x8e", bytes((source) => source.uint64())],
  ["\x96", bytes((source) => source.uint64())],
  ["X", text((source) => source.uint32())],
  ["\x8c", text((source) => source.byte())],
  ["\x8d", text((source) => source.uint64())],
  ["]", push(() => [])],
  [")", push(() => [])],
  ["}", push(() => new Map())],
  ["l", tupleToMark],
  ["t", tupleToMark],
  ["\x85", tuple(1)],
  ["\x86", tuple(2)],
  ["\x87", tuple(3)],
  [
    "d",
    (machine) => {
      const values = popToMark(machine);
      machine.stack.push(new Map());
      setItems(machine, values);
    },
  ],
  ["a", (machine) => append(machine, [pop(machine)])],
  ["e", (machine) => append(machine, popToMark(machine))],
  [
    "s",
    (machine) => {
      const value = pop(machine);
      setItems(machine, [pop(machine), value]);
    },
  ],
  ["u", (machine) => setItems(machine, popToMark(machine))],
  ["p", put(lineNumber)],
  ["q", put(({ source }) => source.byte())],
  ["r", put(({ source }) => source.uint32())],
  ["\x94", put(({ memo }) => memo.size)],
  ["g", get(lineNumber)],
  ["h", get(({ source }) => source.byte())],
  ["j", get(({ source }) => source.uint32())],
  [
    "c",
    async (machine) => {
      const name = `${await lineText(machine)}.${await lineText(machine)}`;
      machine.stack.push(callable(name, machine.file));
    },
  ],
  [
    "\x93",
    (machine) => {
      const name = textOf(pop(machine));
      machine.stack.push(callable(`${textOf(pop(machine))}.${name}`, machine.file));
    },
  ],
  [
    "R",
    async (machine) => {
      const values = pop(machine);
      machine.stack.push(await call(pop(machine), values, machine.file));
    },
  ],
  [
    "b",
    async (machine) => {
      const state = pop(machine);
      await setState(top(machine), state, machine.file);
    },
  ],
]);
