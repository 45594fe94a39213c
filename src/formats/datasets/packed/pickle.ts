/**
 * Python's pickles, read as data only (PEP 307, 3154 and 574; Python's `pickletools` has every opcode). The opcodes of numbers,
 * texts, lists, dictionaries and NumPy's arrays are known, in protocols 0 to 5; any other opcode and any other name of a
 * function or class is an error that names it.
 */
import { FormatError } from "../../errors.ts";
import { type Machine, pop, STEPS } from "./pickle-opcodes.ts";
import { PickleSource } from "./pickle-source.ts";
import type { PickleValue } from "./pickle-values.ts";

/** A set of fifty thousand photos with names has fewer than a tenth. */
const MOST_OPCODES = 2_000_000;

/**
 * The value of a pickle. Bytes and arrays stay parts of the file.
 * @param file its name, for messages
 * @throws FormatError when it is cut short or damaged, or does more than hold data
 */
export async function readPickle(blob: Blob, file: string): Promise<PickleValue> {
  const source = new PickleSource(blob, file);
  const machine: Machine = { source, file, stack: [], below: [], memo: new Map() };
  for (let count = 0; count < MOST_OPCODES; count++) {
    await source.ready();
    const opcode = String.fromCharCode(source.byte());
    if (opcode === ".") return pop(machine);
    const step = STEPS.get(opcode);
    if (!step) throw new FormatError({ code: "packed/pickle-opcode", file, opcode: nameOf(opcode) });
    const waiting = step(machine);
    if (waiting) await waiting;
  }
  throw source.damaged();
}

function nameOf(opcode: string): string {
  return REFUSED.get(opcode) ?? `0x${opcode.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/** Those that make objects, or ask for what is not in the file. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ["i", "INST"],
  ["o", "OBJ"],
  ["\x81", "NEWOBJ"],
  ["\x92", "NEWOBJ_EX"],
  ["\x82", "EXT1"],
  ["\x83", "EXT2"],
  ["\x84", "EXT4"],
  ["P", "PERSID"],
  ["Q", "BINPERSID"],
  ["2", "DUP"],
  ["\x8f", "EMPTY_SET"],
  ["\x90", "ADDITEMS"],
  ["\x91", "FROZENSET"],
  ["\x97", "NEXT_BUFFER"],
  ["\x98", "READONLY_BUFFER"],
]);
