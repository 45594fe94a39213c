/**
 * Bob Jenkins's lookup3 (`hashlittle` of https://burtleburtle.net/bob/c/lookup3.c, with 0 to begin with), which HDF5 puts behind
 * its own structures as a checksum.
 *
 * @returns 0..2³² − 1
 */
export function lookup3(bytes: Uint8Array): number {
  const word = (at: number) =>
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  let a = (0xdeadbeef + bytes.length) | 0;
  let b = a;
  let c = a;
  let at = 0;
  for (; bytes.length - at > 12; at += 12) {
    [a, b, c] = [(a + word(at)) | 0, (b + word(at + 4)) | 0, (c + word(at + 8)) | 0];
    [a, c] = [(a - c) ^ turned(c, 4), (c + b) | 0];
    [b, a] = [(b - a) ^ turned(a, 6), (a + c) | 0];
    [c, b] = [(c - b) ^ turned(b, 8), (b + a) | 0];
    [a, c] = [(a - c) ^ turned(c, 16), (c + b) | 0];
    [b, a] = [(b - a) ^ turned(a, 19), (a + c) | 0];
    [c, b] = [(c - b) ^ turned(b, 4), (b + a) | 0];
  }
  if (at === bytes.length) return c >>> 0;
  [a, b, c] = [(a + word(at)) | 0, (b + word(at + 4)) | 0, (c + word(at + 8)) | 0];
  c = ((c ^ b) - turned(b, 14)) | 0;
  a = ((a ^ c) - turned(c, 11)) | 0;
  b = ((b ^ a) - turned(a, 25)) | 0;
  c = ((c ^ b) - turned(b, 16)) | 0;
  a = ((a ^ c) - turned(c, 4)) | 0;
  b = ((b ^ a) - turned(a, 14)) | 0;
  c = ((c ^ b) - turned(b, 24)) | 0;
  return c >>> 0;
}

function turned(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
