/** Every fault that the page may have to put into words. */
import type { DatasetFault } from "../../dataset/errors.ts";
import { type Fault, faultOf } from "../../errors/coded-error.ts";
import type { OfflineFault } from "../../offline/errors.ts";
import type { ProjectFault } from "../../project/errors.ts";
import type { SettingFault } from "../../training/errors.ts";
import type { WorkerFault } from "../../worker/protocol/faults.ts";
import type { PageFault } from "../errors.ts";

export type AnyFault = DatasetFault | SettingFault | ProjectFault | WorkerFault | OfflineFault | PageFault;

/** For each fault, a function that makes a sentence of its values: what is wrong with what, and what to do. */
export type FaultWords<F extends Fault> = {
  readonly [Code in F["code"]]: (values: Extract<F, { readonly code: Code }>) => string;
};

/** @param words of a language. @returns null when the error is none of the app's own */
export function describeFault(words: FaultWords<AnyFault>, error: unknown): string | null {
  const fault = faultOf(error) as AnyFault | null;
  return fault && sentence(words, fault);
}

/** A fault's sentence. */
export function sentence<F extends Fault>(words: FaultWords<F>, fault: F): string {
  const byCode = words as unknown as Readonly<Record<string, (values: F) => string>>;
  return byCode[fault.code]?.(fault) ?? fault.code;
}
