/** Photos and camera films made from nothing, so that the tests need no files. */
import { crc32, deflateSync } from "node:zlib";

/** A pixel's red, green and blue, 0..255. */
export type Painter = (x: number, y: number) => readonly [number, number, number];

/** Stripes of a colour on grey, moved and shaded by `variant`: easy to learn, never twice the same. */
export function stripes(kind: "red-upright" | "blue-level", variant: number): Painter {
  const period = 14 + (variant % 5);
  const light = 0.75 + 0.05 * (variant % 6);
  return (x, y) => {
    const along = kind === "red-upright" ? x : y;
    const on = (along + variant * 3) % period < period / 2;
    const grain = ((x * 31 + y * 17 + variant * 7) % 13) - 6;
    const colour = kind === "red-upright" ? [210, 40, 50] : [40, 70, 210];
    return (on ? colour : [150, 150, 150]).map((value) => clamp(value * light + grain)) as [number, number, number];
  };
}

/** An 8-bit RGB PNG (PNG specification, third edition). */
export function png(width: number, height: number, paint: Painter): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(paint(x, y), y * (1 + width * 3) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A film of `frames` equal pictures in YUV4MPEG2 with 4:2:0 chroma, which Chromium takes as a camera. */
export function film(width: number, height: number, frames: number, paint: Painter): Buffer {
  return filmOf(width, height, new Array(frames).fill(paint));
}

/** The same with a picture by each painter in turn; a painter who comes several times in a row paints once. */
export function filmOf(width: number, height: number, painters: readonly Painter[]): Buffer {
  let last: { readonly paint: Painter; readonly frame: Buffer } | null = null;
  const frames = painters.map((paint) => {
    const frame = last?.paint === paint ? last.frame : picture(width, height, paint);
    last = { paint, frame };
    return frame;
  });
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`), ...frames]);
}

function picture(width: number, height: number, paint: Painter): Buffer {
  const luma = Buffer.alloc(width * height);
  const blue = Buffer.alloc((width * height) / 4);
  const red = Buffer.alloc((width * height) / 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = paint(x, y);
      // BT.601, limited range.
      luma[y * width + x] = clamp(16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256);
      if (x % 2 === 0 && y % 2 === 0) {
        const at = (y / 2) * (width / 2) + x / 2;
        blue[at] = clamp(128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256);
        red[at] = clamp(128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256);
      }
    }
  }
  return Buffer.concat([Buffer.from("FRAME\n"), luma, blue, red]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, check]);
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
