/** CIFAR-10 as its authors publish it for C programs, with photos made from nothing. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

const SIDE = 32;
const PLANE = SIDE * SIDE;
const RECORD = 1 + 3 * PLANE;
const BATCHES = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"];
const CLASSES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
const BLOCK = 512;
const AT_ONCE = 1000;

/**
 * Writes a `.tar.gz` of five batches to learn from and one to test on.
 * @param {string} path
 * @param {number} photos to learn from; a fifth as many more to test on
 */
export async function writeCifar(path, photos) {
  await pipeline(Readable.from(tarOf(photos)), createGzip({ level: 1 }), createWriteStream(path));
}

function* tarOf(photos) {
  const names = Buffer.from(`${CLASSES.join("\n")}\n\n`);
  yield* member("batches.meta.txt", names.length, [names]);
  for (const name of [...BATCHES, "test_batch"]) {
    const count = Math.ceil(photos / BATCHES.length);
    yield* member(`${name}.bin`, count * RECORD, records(count));
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** POSIX.1-1988, ustar. */
function* member(name, size, content) {
  const header = Buffer.alloc(BLOCK);
  header.write(`cifar-10-batches-bin/${name}`, 0);
  header.write("0000644\0", 100);
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0        0", 136);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  yield header;
  yield* content;
  yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** A label, then random pixels under stripes: how many, and of which colour, hangs on the class. */
function* records(count) {
  for (let from = 0; from < count; from += AT_ONCE) {
    const piece = Buffer.alloc(Math.min(AT_ONCE, count - from) * RECORD);
    for (let start = 0; start < piece.length; start += RECORD) {
      const label = Math.floor(Math.random() * CLASSES.length);
      piece[start] = label;
      const phase = Math.random() * SIDE;
      for (let at = 0; at < PLANE; at++) {
        const along = label % 2 ? at % SIDE : Math.floor(at / SIDE);
        const stripe = 1 + Math.sin(((1 + (label >> 1)) * 2 * Math.PI * (along + phase)) / SIDE);
        for (let channel = 0; channel < 3; channel++) {
          piece[start + 1 + channel * PLANE + at] =
            70 * Math.random() + 90 * stripe * (channel === label % 3 ? 1 : 0.5);
        }
      }
    }
    yield piece;
  }
}
