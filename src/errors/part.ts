/** Parts of the app that are loaded when they are first needed, and what to do when one cannot be. */
import { CodedError } from "./coded-error.ts";

/** `storing`, `engine`, `decoder` and `model-reader` are the scripts of workers, `wasm` and `webgpu` what the engine calculates with, `tiff` and `heic` what reads such photos. */
export type Part =
  | "chart"
  | "storing"
  | "engine"
  | "decoder"
  | "model-reader"
  | "wasm"
  | "webgpu"
  | "base-model"
  | "mobilenet"
  | "tiff"
  | "heic";

/** The server cannot be reached, or does not have it. */
export type PartFault = { readonly code: "part/not-loaded"; readonly part: Part };

export class PartError extends CodedError<PartFault> {
  override readonly name = "PartError";
}

/**
 * Loads a module of the app. A browser may remember that an address failed, and fail it again without asking the server;
 * then the same address is asked for with a query that it does not know yet.
 *
 * @param load a dynamic import
 * @param loadFrom imports an address; for tests
 * @throws PartError when it cannot be loaded; calling again tries again
 */
export async function loadPart<Module>(
  part: Part,
  load: () => Promise<Module>,
  loadFrom: (address: string) => Promise<unknown> = importFrom,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const address = addressIn(error);
    if (!address) throw new PartError({ code: "part/not-loaded", part }, { cause: error });
    address.searchParams.set("again", crypto.randomUUID());
    try {
      return (await loadFrom(address.href)) as Module;
    } catch (again) {
      throw new PartError({ code: "part/not-loaded", part }, { cause: again });
    }
  }
}

/** “Failed to fetch dynamically imported module: http://…”: Chromium's and Firefox's messages end in the address. */
function addressIn(error: unknown): URL | null {
  const [address] = (error instanceof Error && /\bhttps?:\S+$/.exec(error.message)) || [];
  return address && URL.canParse(address) ? new URL(address) : null;
}

function importFrom(address: string): Promise<unknown> {
  return import(/* @vite-ignore */ address);
}
