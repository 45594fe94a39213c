import type { HeatMap } from "../../../evaluation/heat-map.ts";

/** From what counts a little to what counts most; a place that counts nothing is see-through. */
const [LITTLE, MOST] = [
  [255, 214, 64],
  [214, 40, 24],
] as const;
const STRONGEST = 0.72;

/** A heat map as the address of a small picture, a pixel for each place. */
export function heatPicture({ rows, columns, values }: HeatMap): string {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  if (!context) return "";
  const most = Math.max(...values);
  const image = context.createImageData(columns, rows);
  for (const [at, value] of values.entries()) {
    const share = most > 0 ? Math.max(0, value / most) : 0;
    const colour = LITTLE.map((low, channel) => low + share * ((MOST[channel] ?? 0) - low));
    image.data.set([...colour, 255 * STRONGEST * share], 4 * at);
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
