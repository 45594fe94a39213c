/** A worker for which something takes its time or fails. */
import type { Worker } from "playwright";

/** Each hash takes its time, so that there is time to look at what waits for it. */
export function slowHashes(worker: Worker, slow: boolean): Promise<void> {
  return worker.evaluate((isSlow) => {
    const { subtle } = crypto as Crypto & { subtle: SubtleCrypto & { realDigest?: SubtleCrypto["digest"] } };
    const real = subtle.realDigest ?? subtle.digest.bind(subtle);
    subtle.realDigest = real;
    subtle.digest = async (...given) => {
      if (isSlow) await new Promise((resolve) => setTimeout(resolve, 300));
      return real(...given);
    };
  }, slow);
}

/** What is written of a project fails as on a full disk. */
export function breakWrites(worker: Worker, broken: boolean): Promise<void> {
  return worker.evaluate((isBroken) => {
    const prototype = IDBObjectStore.prototype as IDBObjectStore & { realPut?: IDBObjectStore["put"] };
    const real = prototype.realPut ?? prototype.put;
    prototype.realPut = real;
    prototype.put = function put(this: IDBObjectStore, ...given: [unknown, IDBValidKey?]) {
      if (isBroken && this.name === "projectStates") throw new DOMException("No space", "QuotaExceededError");
      return real.apply(this, given);
    };
  }, broken);
}
