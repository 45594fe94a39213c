/** Zips as the app streams them, and what is in them. */
import { streamZip, type ZipFile } from "../../../src/formats/archives/zip-stream.ts";

/** All that a generator gives. */
export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export async function zipOf(files: AsyncIterable<ZipFile> | readonly ZipFile[]): Promise<Blob> {
  const stream = streamZip(
    (async function* () {
      yield* files;
    })(),
  );
  return new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
