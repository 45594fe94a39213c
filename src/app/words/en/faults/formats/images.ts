import type { ImageFault } from "../../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../../faults.ts";
import { bytes, count } from "../../language.ts";

type Damaged = Extract<ImageFault, { readonly code: "image/damaged" }>;

const DAMAGED: Readonly<Record<Damaged["type"], string>> = {
  jpeg: "It is a damaged JPEG. Copy it again, or save it again.",
  png: "It is a damaged PNG. Copy it again, or save it again.",
  gif: "It is a damaged GIF. Save it again as a PNG.",
  webp: "It is a damaged WebP. Save it again as a JPEG or PNG.",
  bmp: "It is a damaged BMP. Save it again as a PNG.",
  avif: "It is a damaged AVIF. Save it again as a JPEG or PNG.",
  heic: "It is a HEIC photo that is damaged or of a rare kind. Copy it again, or export it as a JPEG.",
  tiff: "It is a damaged TIFF. Copy it again, or save it as a PNG.",
  raw: "It is a camera’s raw file that is damaged. Copy it again, or export it as a JPEG.",
};

type Variant = Extract<ImageFault, { readonly code: "image/tiff-variant" }>["variant"];

const VARIANTS: Readonly<Record<Variant, string>> = {
  numbers:
    "It is a TIFF whose pixels are not whole numbers of up to 16 bits: measurements, not colours. Save it with 8 bits, as a PNG.",
  colours: "It is a TIFF whose colours are of a rare kind. Save it as an RGB photo, as a PNG.",
  packing: "It is a TIFF with a rare compression. Save it with LZW or without compression, or as a PNG.",
};

/** They stand behind a file's name. */
export const imageFaults: FaultWords<ImageFault> = {
  "image/empty": () => "It is empty. Copy or download it again.",
  "image/not-a-photo": () => "It is not a photo. Use JPEG, PNG, WebP, GIF, BMP, AVIF, HEIC or TIFF.",
  "image/cut-short": () => "It is cut short. Copy or download it again.",
  "image/damaged": ({ type }) => DAMAGED[type],
  "image/no-size": () => "It is damaged: it has no size. Copy it again, or save it again.",
  "image/animated": () => "It is animated. Save one frame of it as a JPEG or PNG.",
  "image/too-many-bytes": ({ bytes: size, most }) =>
    `It has ${bytes(size)}; a photo may have ${bytes(most)}. Save a smaller copy as a JPEG.`,
  "image/too-many-pixels": ({ width, height, megapixels }) =>
    `It has ${count(width)} × ${count(height)} pixels, over ${count(megapixels)} megapixels. Save a smaller copy.`,
  "image/side-too-long": ({ width, height, most }) =>
    `It has ${count(width)} × ${count(height)} pixels; a side may have ${count(most)}. Save a smaller copy.`,
  "image/heic": () => "It is a HEIC photo, which browsers cannot read. Save or export it as a JPEG.",
  "image/video": () =>
    "It is a video or another medium, not a photo. Add a video by itself on the Data page to take photos from its frames.",
  "image/tiff": () => "It is a TIFF or a camera’s raw file, which browsers cannot read. Save it as a JPEG or PNG.",
  "image/raw": () => "It is a camera’s raw file, which browsers cannot read. Export it as a JPEG.",
  "image/tiff-variant": ({ variant }) => VARIANTS[variant],
  "image/heic-film": () => "It is a HEIC of several pictures in a row, as a burst is. Export one of them as a JPEG.",
  "image/no-preview": () => "It is a camera’s raw file without a preview that can be read. Export it as a JPEG.",
  "image/icon": () => "It is an icon, not a photo. Save it as a PNG.",
  "image/jpeg-xl": () => "It is a JPEG XL photo, which few browsers can read. Save it as a JPEG or PNG.",
  "image/jpeg-2000": () => "It is a JPEG 2000 photo, which browsers cannot read. Save it as a JPEG or PNG.",
  "image/photoshop": () => "It is a Photoshop file. Save it as a JPEG or PNG.",
  "image/pdf": () => "It is a PDF, not a photo. Save its pictures as JPEG or PNG.",
  "image/zip": () => "It is a zip, not a photo. Add it by itself, or unpack it and add what it holds.",
  "image/svg": () => "It is an SVG drawing, not a photo: it may run programs, so it is not opened. Save it as a PNG.",
  "image/web-page": () => "It is a web page, not a photo. Download the picture itself.",
};
