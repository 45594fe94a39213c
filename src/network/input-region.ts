import type { Preprocessing } from "./model.ts";

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The part of a photo that a network is shown, in the photo's pixels. */
export function inputRegion(
  { width, height }: { readonly width: number; readonly height: number },
  { crop, ...input }: Pick<Preprocessing, "crop" | "width" | "height">,
): Region {
  if (crop === "squash") return { x: 0, y: 0, width, height };
  const scale = Math.min(width / input.width, height / input.height);
  const [own, tall] = [scale * input.width, scale * input.height];
  return { x: (width - own) / 2, y: (height - tall) / 2, width: own, height: tall };
}
