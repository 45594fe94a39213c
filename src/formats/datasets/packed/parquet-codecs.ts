/** How the pages of a Parquet file may be packed (Apache Parquet, Compression.md), and what unpacks them, loaded when it is needed. */
import type { CompressionCodec, Compressors } from "hyparquet";

/** Unpacked, of a page: those of one row group are in memory together. */
export const MOST_GROUP_BYTES = 256 * 2 ** 20;

type Unpack = NonNullable<Compressors[CompressionCodec]>;

const CODECS: Readonly<Partial<Record<CompressionCodec, () => Promise<Unpack | null>>>> = {
  UNCOMPRESSED: async () => null,
  async SNAPPY() {
    const { snappyUncompress } = await import("hyparquet");
    return (input, length) => {
      const output = new Uint8Array(length);
      snappyUncompress(input, output);
      return output;
    };
  },
  async ZSTD() {
    const { decompress } = await import("fzstd");
    return (input, length) => decompress(input, new Uint8Array(length));
  },
  async GZIP() {
    const { decompressGzip } = await import("hyparquet-compressors");
    return decompressGzip;
  },
  async BROTLI() {
    const { decompressBrotli } = await import("hyparquet-compressors");
    return decompressBrotli;
  },
  /** With the frames of Hadoop around its blocks, or without. */
  async LZ4() {
    const { decompressLz4 } = await import("hyparquet-compressors");
    return decompressLz4;
  },
  async LZ4_RAW() {
    const { decompressLz4Raw } = await import("hyparquet-compressors");
    return decompressLz4Raw;
  },
};

export function isReadable(codec: CompressionCodec): boolean {
  return codec in CODECS;
}

/** What unpacks pages of these codecs; it throws whatever damaged ones lead it into. */
export async function compressorsFor(codecs: Iterable<CompressionCodec>): Promise<Compressors> {
  const compressors: Compressors = {};
  for (const codec of new Set(codecs)) {
    const unpack = await CODECS[codec]?.();
    if (unpack) compressors[codec] = (input, length) => unpack(input, checked(length));
  }
  return compressors;
}

function checked(length: number): number {
  if (!(length >= 0 && length <= MOST_GROUP_BYTES)) throw new RangeError("A page that is too large");
  return length;
}
