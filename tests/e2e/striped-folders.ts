import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { png, stripes } from "./photos.ts";

/** Two classes that are easily told apart. */
export const KINDS = ["red-upright", "blue-level"] as const;

/** Writes one folder per class, each with so many photos of a size. */
export async function writeStripedFolders(root: string, photos: number, width: number, height: number): Promise<void> {
  for (const kind of KINDS) {
    await mkdir(join(root, kind), { recursive: true });
    for (let variant = 0; variant < photos; variant++) {
      await writeFile(join(root, kind, `${kind}-${variant}.png`), png(width, height, stripes(kind, variant)));
    }
  }
}
