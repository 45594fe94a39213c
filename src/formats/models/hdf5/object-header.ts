/** An object's messages: what it is and holds. HDF5 File Format Specification 3.0, IV.A. */
import { damaged, type Hdf5Bytes, unsupported } from "./file.ts";

export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** A message's body lies from `at` to `end` in the file. */
export interface Message {
  readonly type: number;
  readonly at: number;
  readonly end: number;
}

/** Set where a message's body is kept elsewhere, for several objects. */
const SHARED = 2;

interface Block {
  readonly at: number;
  readonly end: number;
}

/** All messages of the object whose header lies there, continuations included. */
export function readMessages(file: Hdf5Bytes, address: number): Message[] {
  const first = file.at(address).u8();
  const { blocks, read } = first === 1 ? versionOne(file, address) : versionTwo(file, address);
  const messages: Message[] = [];
  const seen = new Set<number>();
  for (let block = blocks.shift(); block; block = blocks.shift()) {
    if (seen.has(block.at)) damaged(block.at);
    seen.add(block.at);
    for (const message of read(block)) {
      file.step();
      if (message.type === MESSAGE.continuation) blocks.push(continuation(file, message));
      else messages.push(message);
    }
  }
  return messages;
}

type BlockReader = (block: Block) => Generator<Message>;

function versionOne(file: Hdf5Bytes, address: number): { blocks: Block[]; read: BlockReader } {
  const cursor = file.at(address + 8);
  const size = cursor.u32();
  const at = address + 16;
  const read = function* ({ at: start, end }: Block): Generator<Message> {
    const within = file.at(start, end);
    while (within.left >= 8) {
      const [type, length] = [within.u16(), within.u16()];
      const flags = within.u8();
      within.skip(3);
      yield message(type, flags, within.skip(length), length);
    }
  };
  return { blocks: [{ at, end: at + size }], read };
}

function versionTwo(file: Hdf5Bytes, address: number): { blocks: Block[]; read: BlockReader } {
  const cursor = file.at(address);
  cursor.signature("OHDR");
  if (cursor.u8() !== 2) damaged(address);
  const flags = cursor.u8();
  if (flags & 0x20) cursor.skip(16);
  if (flags & 0x10) cursor.skip(4);
  const size = cursor.uint(1 << (flags & 3));
  const isOrdered = (flags & 4) > 0;
  const read = function* ({ at, end }: Block): Generator<Message> {
    const within = file.at(at, end);
    // Those that continue begin with a signature and end with a checksum, as the first does after its own length.
    if (at !== cursor.at) within.signature("OCHK");
    const last = at === cursor.at ? end : end - 4;
    while (last - within.at >= (isOrdered ? 6 : 4)) {
      const type = within.u8();
      const length = within.u16();
      const own = within.u8();
      if (isOrdered) within.skip(2);
      yield message(type, own, within.skip(length), length);
    }
  };
  return { blocks: [{ at: cursor.at, end: cursor.at + size }], read };
}

function message(type: number, flags: number, at: number, length: number): Message {
  const needed: readonly number[] = [MESSAGE.datatype, MESSAGE.dataspace, MESSAGE.attribute, MESSAGE.layout];
  if (flags & SHARED && needed.includes(type)) unsupported("shared messages");
  return { type, at, end: at + length };
}

function continuation(file: Hdf5Bytes, { at, end }: Message): Block {
  const cursor = file.at(at, end);
  const start = cursor.address();
  const length = cursor.length();
  return start === null ? damaged(at) : { at: start, end: start + length };
}
