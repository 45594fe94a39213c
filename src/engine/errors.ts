/** The engine cannot do what was asked; the message says what its user can do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}
