/** Videos by what they begin with: ISO's base media files (MP4, MOV), Matroska (WebM, MKV) and AVI. */

/** Still pictures in the same container: HEIF, AVIF, Canon's CR3. */
const PICTURES = /^(hei[cfmsx]|hev[cmsx]|mif1|msf1|miaf|avi[fs]|crx )/;

/** @param beginning at least its first 12 bytes */
export function beginsLikeVideo(beginning: Uint8Array): boolean {
  const text = String.fromCharCode(...beginning.subarray(0, 12));
  if (text.startsWith("ftyp", 4)) return !PICTURES.test(text.slice(8));
  return text.startsWith("\x1aE\xdf\xa3") || (text.startsWith("RIFF") && text.startsWith("AVI ", 8));
}
