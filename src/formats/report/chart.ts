/** A chart of a report as SVG. */
import type { ReportAxis, ReportChart, ReportLine } from "./document.ts";
import { escaped } from "./escape.ts";

const SIZE = { width: 560, height: 320, left: 60, right: 16, top: 12, bottom: 46 };
const KEY_LINE = 18;
/** Okabe & Ito's colours, with a dash for each round through them. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b6b6b", "#b8a900"];
const DASHES = ["", "6 3", "2 3"];

/** A figure with the chart, its axes, and a key that names each line. */
export function chartSvg({ title, x, y, lines }: ReportChart): string {
  const [acrossX, acrossY] = [
    scale(x, SIZE.left, SIZE.width - SIZE.right),
    scale(y, SIZE.height - SIZE.bottom, SIZE.top),
  ];
  const named = lines.filter(({ name }) => name !== "");
  const height = SIZE.height + named.length * KEY_LINE;
  const drawn = [
    ...x.ticks.map(({ at, label }) => tickX(acrossX(at), label)),
    ...y.ticks.map(({ at, label }) => tickY(acrossY(at), label)),
    text(SIZE.width / 2, SIZE.height - 8, x.label, "middle"),
    `<text transform="translate(14 ${SIZE.height / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
    ...lines.map((line) => lineSvg(line, named.indexOf(line), acrossX, acrossY)),
    ...named.map(({ name }, at) => keySvg(name, at)),
  ];
  return `<figure><figcaption>${escaped(title)}</figcaption><svg viewBox="0 0 ${SIZE.width} ${height}" width="${SIZE.width}" height="${height}" role="img" aria-label="${escaped(title)}" font-size="12" font-family="system-ui, sans-serif" fill="#5b574e">${drawn.join("")}</svg></figure>`;
}

function scale({ ticks }: ReportAxis, start: number, end: number): (value: number) => number {
  const [low, high] = [ticks[0]?.at ?? 0, ticks.at(-1)?.at ?? 1];
  return (value) => start + ((value - low) / (high - low || 1)) * (end - start);
}

function lineSvg(
  { name, points }: ReportLine,
  place: number,
  acrossX: (value: number) => number,
  acrossY: (value: number) => number,
): string {
  const places = points.map(([px, py]) => `${acrossX(px).toFixed(1)},${acrossY(py).toFixed(1)}`).join(" ");
  const look = name === "" ? `stroke="#5b574e" stroke-dasharray="4 4"` : strokeOf(place);
  return `<polyline points="${places}" fill="none" stroke-width="2" ${look}/>`;
}

function strokeOf(place: number): string {
  const dash = DASHES[Math.floor(place / COLOURS.length) % DASHES.length];
  return `stroke="${COLOURS[place % COLOURS.length]}"${dash ? ` stroke-dasharray="${dash}"` : ""}`;
}

function keySvg(name: string, place: number): string {
  const y = SIZE.height + place * KEY_LINE + 8;
  return `<line x1="${SIZE.left}" x2="${SIZE.left + 24}" y1="${y}" y2="${y}" stroke-width="3" ${strokeOf(place)}/>${text(SIZE.left + 32, y + 4, name, "start")}`;
}

function tickX(at: number, label: string): string {
  const bottom = SIZE.height - SIZE.bottom;
  return `<line x1="${at}" x2="${at}" y1="${SIZE.top}" y2="${bottom}" stroke="#edeae2"/>${text(at, bottom + 16, label, "middle")}`;
}

function tickY(at: number, label: string): string {
  return `<line x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${at}" y2="${at}" stroke="#edeae2"/>${text(SIZE.left - 6, at + 4, label, "end")}`;
}

function text(x: number, y: number, content: string, anchor: "start" | "middle" | "end"): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`;
}
