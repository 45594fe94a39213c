/** How large a photo may be that is decoded as a whole, because no browser decodes it small. */
import { FormatError } from "../errors.ts";

/** Above what phones and cameras make; four bytes each, twice for a while. */
const MOST_CONVERTED_MEGAPIXELS = 64;
const MOST_SIDE = 32_767;

/** @throws FormatError when a picture has no pixels, or too many */
export function checkPixels(width: number, height: number): void {
  if (width < 1 || height < 1) throw new FormatError({ code: "image/no-size" });
  if (Math.max(width, height) > MOST_SIDE) {
    throw new FormatError({ code: "image/side-too-long", width, height, most: MOST_SIDE });
  }
  if (width * height > MOST_CONVERTED_MEGAPIXELS * 1e6) {
    throw new FormatError({ code: "image/too-many-pixels", width, height, megapixels: MOST_CONVERTED_MEGAPIXELS });
  }
}
