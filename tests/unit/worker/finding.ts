/** What comes out of a drop that has data sets packed in files. */
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { sentence } from "../../../src/app/words/faults.ts";
import { words } from "../../../src/app/words/words.ts";
import { readTar } from "../../../src/formats/archives/tar.ts";
import { reasonOf } from "../../../src/worker/errors.ts";
import { candidatesIn } from "../../../src/worker/incoming.ts";
import type { IncomingFile } from "../../../src/worker/protocol/index.ts";
import { summaryOf } from "../../../src/worker/questions.ts";
import { type ExpectedPhoto, packedFile, pictureIn } from "../../fixtures/packed.ts";

export interface Found {
  readonly photos: ExpectedPhoto[];
  readonly understood: string[];
  /** Sentences by path. */
  readonly refused: Record<string, string>;
}

export async function find(files: readonly IncomingFile[]): Promise<Found> {
  const found: Found = { photos: [], understood: [], refused: {} };
  let [expected, seen] = [0, 0];
  const listener = {
    expect(more: number) {
      expected += more;
    },
    understood(reading: Parameters<typeof summaryOf>[0]) {
      found.understood.push(...words.layouts.understood(summaryOf(reading)));
    },
  };
  for await (const { path, placement, problem, read } of candidatesIn(files, listener)) {
    seen += 1;
    if (placement.kind === "ignored") continue;
    try {
      if (problem) found.refused[path] = sentence(words.faults, problem);
      else {
        const { first, sum } = pictureIn(new Uint8Array(await (await read()).arrayBuffer()));
        found.photos.push({ class: placement.className, split: placement.fixedSplit, first, sum });
      }
    } catch (error) {
      found.refused[path] = sentence(words.faults, reasonOf(error));
    }
  }
  expect(seen).toBe(expected);
  return found;
}

export const dropped = (...names: readonly string[]): IncomingFile[] =>
  names.map((path) => ({ path, blob: new Blob([packedFile(path)]) }));

/** The files of a `.tar.gz`, as they lie when it was unpacked. */
export async function unpacked(name: string): Promise<{ path: string; blob: Blob }[]> {
  const entries = await readTar(new Blob([gunzipSync(packedFile(`${name}.tar.gz`))]), name);
  return Promise.all(entries.map(async (entry) => ({ path: entry.path, blob: await entry.blob() })));
}
