/**
 * What went wrong, as plain data: a code such as `zip/encrypted`, and the values that its sentence needs. Each room lists its
 * faults in `errors.ts`; the sentences, in every language, are in `app/words`.
 */
export interface Fault {
  readonly code: string;
}

/** An error that says what went wrong as plain data. Its `message` is for developers. */
export class CodedError<F extends Fault = Fault> extends Error {
  override readonly name: string = "CodedError";
  readonly fault: F;

  constructor(fault: F, options?: ErrorOptions) {
    const { code, ...values } = fault;
    super(Object.keys(values).length ? `${code} ${JSON.stringify(values)}` : code, options);
    this.fault = fault;
  }
}

/** What an error says went wrong; null when it is none of the app's own. */
export function faultOf(error: unknown): Fault | null {
  return error instanceof CodedError ? error.fault : null;
}
