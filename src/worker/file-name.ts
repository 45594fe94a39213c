/** A name that every file system takes. */
export function fileNameOf(name: string): string {
  const safe = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  return safe || "headstart";
}
