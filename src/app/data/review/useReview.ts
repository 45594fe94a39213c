import { useMemo } from "react";
import type { AuditReport, Suspicion } from "../../../dataset/audit.ts";
import { changedSince, openSuspicions, sharesPhotos } from "../../../dataset/review.ts";
import { useStore } from "../../store/store.ts";

export interface Review {
  readonly report: AuditReport;
  /** The suspicions of the report that still hold, the most suspicious first. */
  readonly suspicions: readonly Suspicion[];
  /** Photos that were looked at. */
  readonly photos: number;
  /** Photos that were added, deleted or changed since. */
  readonly changed: number;
}

/** The last look through this project's photos; null before the first. */
export function useReview(): Review | null {
  const dataset = useStore((state) => state.dataset);
  const report = useStore((state) => state.audit);
  const audited = useStore((state) => state.audited);
  return useMemo(() => {
    if (!report || !audited || !sharesPhotos(audited, dataset)) return null;
    return {
      report,
      suspicions: openSuspicions(report, audited, dataset),
      photos: audited.samples.length,
      changed: changedSince(audited, dataset),
    };
  }, [report, audited, dataset]);
}
