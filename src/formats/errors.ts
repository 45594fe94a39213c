/** A file that cannot be read or written as asked. The message names what is wrong with what, and what to do. */
export class FormatError extends Error {
  override readonly name = "FormatError";
}
