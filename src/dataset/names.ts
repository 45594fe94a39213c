/** Names of files and folders, which come from anywhere and are shown, compared and kept. */

/** No file system allows longer names. */
const LONGEST = 255;
/** What fits into a message. */
const LONGEST_PATH = 300;

/**
 * Characters that are removed: control characters, which are invisible; marks that change the direction of writing, which
 * can make one name look like another; and unpaired surrogates, which UTF-8 cannot encode.
 */
const REMOVED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** As it is shown, compared and kept: composed (NFC), without invisible characters, trimmed, at most 255 characters. */
export function tidyName(name: string): string {
  const tidy = name.normalize("NFC").replace(REMOVED, "").trim();
  return tidy.length > LONGEST
    ? `${Array.from(tidy)
        .slice(0, LONGEST - 1)
        .join("")}…`
    : tidy;
}

/** A path for a message: each of its names tidied, and its middle left out when it is long. @param path with `/` between folders */
export function tidyPath(path: string): string {
  const letters = Array.from(path.split("/").map(tidyName).join("/"));
  if (letters.length <= LONGEST_PATH) return letters.join("");
  return [...letters.slice(0, LONGEST_PATH / 2), "…", ...letters.slice(-LONGEST_PATH / 2)].join("");
}
