/** Pixels that photos' one decoding gave when they came in, until they are embedded. */
import type { PhotoId } from "../dataset/dataset.ts";
import type { BaseModelCard, Preprocessing } from "../network/model.ts";

/** Where pixels go as photos come in. */
export interface PixelTaker {
  readonly preprocessing: Preprocessing;
  /** Whether another photo's pixels would be held. */
  hasRoom(): boolean;
  put(photo: PhotoId, pixels: Uint8ClampedArray): void;
}

/** Of one base model, and no more bytes than it is given: a photo that is not held is decoded again when it is prepared. */
export class HeldPixels {
  readonly #mostBytes: number;
  #base: string | null = null;
  readonly #pixels = new Map<PhotoId, Uint8ClampedArray>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Takes the pixels for a base model, and no longer those for another. */
  for({ id, preprocessing }: Pick<BaseModelCard, "id" | "preprocessing">): PixelTaker {
    if (this.#base !== id) this.clear();
    this.#base = id;
    const bytes = preprocessing.width * preprocessing.height * 4;
    const hasRoom = () => this.#base === id && this.#bytes + bytes <= this.#mostBytes;
    return {
      preprocessing,
      hasRoom,
      put: (photo, pixels) => {
        if (!hasRoom() || this.#pixels.has(photo)) return;
        this.#pixels.set(photo, pixels);
        this.#bytes += pixels.byteLength;
      },
    };
  }

  /** A photo's pixels, which are held no longer; undefined where there are none for this base model. */
  take(base: string, photo: PhotoId): Uint8ClampedArray | undefined {
    const pixels = this.#base === base ? this.#pixels.get(photo) : undefined;
    if (pixels) this.drop([photo]);
    return pixels;
  }

  /** Lets go of the pixels of photos that need none any more. */
  drop(photos: Iterable<PhotoId>): void {
    for (const photo of photos) {
      this.#bytes -= this.#pixels.get(photo)?.byteLength ?? 0;
      this.#pixels.delete(photo);
    }
  }

  clear(): void {
    this.#pixels.clear();
    this.#bytes = 0;
  }
}
