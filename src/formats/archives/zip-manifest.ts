/** The `manifest.json` by which a zip says itself what it is. */
import { tidyPath } from "../../dataset/names.ts";
import { FormatError } from "../errors.ts";
import type { ZipEntry } from "./zip.ts";

/** Two hundred thousand photos need less. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Reads a zip's `manifest.json`, at the top or in the one folder that a file manager puts around what it packs.
 *
 * @returns the parsed JSON, and the folder that it lies in with its `/`, empty at the top; null when there is none
 */
export async function manifestIn(
  entries: readonly ZipEntry[],
): Promise<{ readonly json: unknown; readonly folder: string } | null> {
  const [entry] = entries
    .filter(({ path }) => /^([^/]+\/)?manifest\.json$/.test(path) && !path.startsWith("__MACOSX/"))
    .sort((a, b) => a.path.length - b.path.length);
  if (!entry) return null;
  if (entry.size > MOST_BYTES) {
    throw new FormatError({
      code: "zip/description-too-large",
      entry: tidyPath(entry.path),
      bytes: entry.size,
      most: MOST_BYTES,
    });
  }
  const folder = entry.path.slice(0, -"manifest.json".length);
  try {
    return { json: JSON.parse(await (await entry.blob()).text()), folder };
  } catch (error) {
    if (error instanceof FormatError) throw error;
    return null;
  }
}
