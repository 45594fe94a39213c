/** A small labelled set drawn in the browser, so that a newcomer can try everything without photos of their own. */
import { createRandom } from "../dataset/random.ts";
import { WorkerError } from "./errors.ts";
import type { IncomingFile, SampleClassNames } from "./protocol/index.ts";

const SIDE = 240;
const PHOTOS_PER_CLASS = 30;

type Random = () => number;
type Draw = (context: OffscreenCanvasRenderingContext2D, random: Random) => void;

/** Three shapes in every colour, size and place: the shape decides, not the colour. */
const SUBJECTS: readonly { readonly subject: keyof SampleClassNames; readonly draw: Draw }[] = [
  { subject: "cups", draw: drawCup },
  { subject: "leaves", draw: drawLeaf },
  { subject: "stars", draw: drawStar },
];

/** The same photos for the same seed, as JPEG files in one folder per class. The classes' names are also their files'. */
export async function drawSamplePhotos(
  classNames: SampleClassNames,
  signal: AbortSignal,
  seed = 7,
): Promise<IncomingFile[]> {
  const files: IncomingFile[] = [];
  for (const { subject, draw } of SUBJECTS) {
    const className = classNames[subject];
    for (let number = 1; number <= PHOTOS_PER_CLASS; number++) {
      signal.throwIfAborted();
      const random = createRandom(seed * 10_007 + files.length);
      const fileName = `${className.toLowerCase()}-${String(number).padStart(2, "0")}.jpg`;
      files.push({ path: `${className}/${fileName}`, blob: await drawPhoto(draw, random) });
    }
  }
  return files;
}

/** One picture of each subject, the same each time. */
export function drawThreePhotos(): Promise<Blob[]> {
  return Promise.all(SUBJECTS.map(({ draw }, at) => drawPhoto(draw, createRandom(at + 1))));
}

function drawPhoto(draw: Draw, random: Random): Promise<Blob> {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext("2d");
  if (!context) throw new WorkerError({ code: "samples/not-drawn" });
  drawTable(context, random);
  context.save();
  context.translate(SIDE * between(random, 0.4, 0.6), SIDE * between(random, 0.42, 0.6));
  context.rotate(between(random, -0.45, 0.45));
  const scale = between(random, 0.75, 1.2);
  context.scale(scale, scale);
  context.shadowColor = "rgb(0 0 0 / 35%)";
  context.shadowBlur = 14;
  context.shadowOffsetX = between(random, -6, 6);
  context.shadowOffsetY = 8;
  draw(context, random);
  context.restore();
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.88 });
}

/** A lit surface with a few lines, in a quiet colour. */
function drawTable(context: OffscreenCanvasRenderingContext2D, random: Random): void {
  const hue = random() * 360;
  const light = between(random, 62, 88);
  const glow = context.createRadialGradient(SIDE * random(), SIDE * random(), 10, SIDE / 2, SIDE / 2, SIDE);
  glow.addColorStop(0, `hsl(${hue} 26% ${light + 8}%)`);
  glow.addColorStop(1, `hsl(${hue + 20} 24% ${light - 14}%)`);
  context.fillStyle = glow;
  context.fillRect(0, 0, SIDE, SIDE);
  context.strokeStyle = `hsl(${hue} 20% ${light - 20}% / 35%)`;
  const tilt = between(random, -40, 40);
  for (let line = 0; line < 6; line++) {
    const y = random() * SIDE;
    context.lineWidth = between(random, 0.5, 2);
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(SIDE, y + tilt);
    context.stroke();
  }
}

function drawCup(context: OffscreenCanvasRenderingContext2D, random: Random): void {
  const { fill, dark } = paint(context, random, 50);
  context.strokeStyle = dark;
  context.lineWidth = 11;
  const side = random() < 0.5 ? 1 : -1;
  context.beginPath();
  context.ellipse(side * 44, 0, 22, 24, 0, 0, 2 * Math.PI);
  context.stroke();
  context.fillStyle = fill;
  context.beginPath();
  context.moveTo(-46, -46);
  context.lineTo(46, -46);
  context.bezierCurveTo(44, 20, 36, 50, 24, 54);
  context.lineTo(-24, 54);
  context.bezierCurveTo(-36, 50, -44, 20, -46, -46);
  context.fill();
  context.shadowColor = "transparent";
  context.fillStyle = dark;
  context.beginPath();
  context.ellipse(0, -46, 46, 13, 0, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = random() < 0.5 ? "#4a2f1d" : "#e9dcc3";
  context.beginPath();
  context.ellipse(0, -44, 38, 9, 0, 0, 2 * Math.PI);
  context.fill();
}

function drawLeaf(context: OffscreenCanvasRenderingContext2D, random: Random): void {
  const { fill, dark } = paint(context, random, 60);
  const width = between(random, 26, 44);
  context.fillStyle = fill;
  context.beginPath();
  context.moveTo(0, -72);
  context.bezierCurveTo(width * 1.6, -30, width, 40, 0, 62);
  context.bezierCurveTo(-width, 40, -width * 1.6, -30, 0, -72);
  context.fill();
  context.shadowColor = "transparent";
  context.strokeStyle = dark;
  context.lineCap = "round";
  context.lineWidth = 4;
  context.beginPath();
  context.moveTo(0, -62);
  context.lineTo(0, 84);
  context.stroke();
  context.lineWidth = 2;
  for (let y = -40; y <= 40; y += 16) {
    const reach = width * 0.75 * Math.cos((y / 62) * 1.2);
    context.beginPath();
    context.moveTo(-reach, y - 14);
    context.lineTo(0, y);
    context.lineTo(reach, y - 14);
    context.stroke();
  }
}

function drawStar(context: OffscreenCanvasRenderingContext2D, random: Random): void {
  const { fill, dark } = paint(context, random, 60);
  const inner = between(random, 26, 34);
  context.fillStyle = fill;
  context.strokeStyle = dark;
  context.lineJoin = "round";
  context.lineWidth = 5;
  context.beginPath();
  for (let corner = 0; corner < 10; corner++) {
    const radius = corner % 2 === 0 ? 68 : inner;
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    context.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
  }
  context.closePath();
  context.fill();
  context.shadowColor = "transparent";
  context.stroke();
}

/** A shaded fill of any colour, and its darker tone. */
function paint(context: OffscreenCanvasRenderingContext2D, random: Random, reach: number) {
  const hue = random() * 360;
  const saturation = between(random, 45, 85);
  const light = between(random, 45, 68);
  const fill = context.createLinearGradient(-reach, -reach, reach, reach);
  fill.addColorStop(0, `hsl(${hue} ${saturation}% ${light + 14}%)`);
  fill.addColorStop(1, `hsl(${hue + 12} ${saturation}% ${light - 10}%)`);
  return { fill, dark: `hsl(${hue} ${saturation}% ${light - 24}%)` };
}

function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}
