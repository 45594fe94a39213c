/** How much memory this device has for what may take more or less of it. Used by the page and by the worker. */

export interface DeviceFacts {
  /** Gigabytes, roughly, as `navigator.deviceMemory` has them; undefined in browsers that do not tell. */
  readonly memory: number | undefined;
  /** Processor cores. */
  readonly cores: number;
  /** Whether so many bytes can be had at once, tried out. */
  canAllocate(bytes: number): boolean;
}

export interface MemoryBudget {
  /** Photos that are decoded at the same time, each by a worker of its own; one of 12 megapixels fills up to 48 MB. */
  readonly decoders: number;
  /** Photos that go through the base model at once, at most: some 10 MB each. */
  readonly photosPerBatch: number;
  /** For pixels of photos that wait to be embedded. */
  readonly heldPixelBytes: number;
  /** Thumbnails that are kept though nothing shows them. */
  readonly spareThumbnails: number;
}

/** More decoders than this wait for the disk and for each other. */
const MOST_DECODERS = 4;
const SMALL_GB = 2;
const LARGE_GB = 8;
/** What training, decoding and the page may need together; where it cannot be had, memory is small. */
const NEEDED_BYTES = 256e6;

export function memoryBudget({ memory, cores, canAllocate }: DeviceFacts): MemoryBudget {
  const isSmall = memory === undefined ? !canAllocate(NEEDED_BYTES) : memory <= SMALL_GB;
  if (isSmall) return { decoders: 1, photosPerBatch: 4, heldPixelBytes: 8e6, spareThumbnails: 100 };
  return {
    decoders: Math.max(1, Math.min(MOST_DECODERS, cores)),
    photosPerBatch: 16,
    heldPixelBytes: (memory ?? 0) >= LARGE_GB ? 64e6 : 32e6,
    spareThumbnails: 300,
  };
}

/** Of the device that this runs on. */
export function deviceFacts(): DeviceFacts {
  const { deviceMemory, hardwareConcurrency } = navigator as Navigator & { readonly deviceMemory?: number };
  return { memory: deviceMemory, cores: hardwareConcurrency || 1, canAllocate };
}

function canAllocate(bytes: number): boolean {
  try {
    return new ArrayBuffer(bytes).byteLength === bytes;
  } catch {
    return false;
  }
}
