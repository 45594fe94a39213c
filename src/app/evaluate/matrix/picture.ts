/** The confusion matrix as a picture. */
import { words } from "../../words/words.ts";

interface Drawn {
  readonly classNames: readonly string[];
  /** `[actual][predicted]` counts. */
  readonly confusion: readonly (readonly number[])[];
  /** Class indices in the order of rows and columns. */
  readonly order: readonly number[];
}

const MARGIN = 16;
/** Names smaller than this are not read. */
const SMALLEST_NAME = 8;
const NAMES = 150;

/** All cells as a PNG in the page's colours, with names and counts where they are large enough to be read. */
export async function matrixPicture({ classNames, confusion, order }: Drawn): Promise<Blob> {
  const size = order.length;
  const side = Math.max(3, Math.min(48, Math.floor(1600 / size)));
  const fontSize = Math.min(14, side - 4);
  const names = fontSize >= SMALLEST_NAME ? NAMES : 0;
  const [left, top] = [MARGIN + names, MARGIN + names];
  const canvas = new OffscreenCanvas(left + size * side + MARGIN, top + size * side + MARGIN);
  const context = canvas.getContext("2d");
  if (!context) throw new RangeError("There is no canvas to draw on.");
  const colours = getComputedStyle(document.documentElement);
  const colourOf = (name: string) => colours.getPropertyValue(name);
  context.fillStyle = colourOf("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = `${fontSize}px ${colours.fontFamily}`;
  context.textBaseline = "middle";
  const name = (label: number) => classNames[label] ?? "";
  for (const [row, actual] of order.entries()) {
    const counts = confusion[actual] ?? [];
    const support = counts.reduce((sum, photos) => sum + photos, 0);
    const y = top + row * side;
    if (names) {
      context.fillStyle = colourOf("--ink");
      context.textAlign = "right";
      context.fillText(name(actual), left - 6, y + side / 2, names - 6);
      context.save();
      context.translate(left + (row + 0.5) * side, top - 6);
      context.rotate(-Math.PI / 2);
      context.textAlign = "left";
      context.fillText(name(actual), 0, 0, names - 6);
      context.restore();
    }
    for (const [column, predicted] of order.entries()) {
      const photos = counts[predicted] ?? 0;
      if (!photos) continue;
      const x = left + column * side;
      context.globalAlpha = 0.15 + (0.85 * photos) / support;
      context.fillStyle = colourOf(actual === predicted ? "--accent" : "--danger");
      context.fillRect(x, y, side - 1, side - 1);
      context.globalAlpha = 1;
      if (!names) continue;
      context.fillStyle = colourOf(photos / support > 0.5 ? "--surface" : "--ink");
      context.textAlign = "center";
      context.fillText(words.matrix.count(photos), x + side / 2, y + side / 2, side - 2);
    }
  }
  context.strokeStyle = colourOf("--line");
  context.strokeRect(left - 0.5, top - 0.5, size * side + 1, size * side + 1);
  return canvas.convertToBlob({ type: "image/png" });
}
