import type { AuditReport } from "../../dataset/audit.ts";
import type { ClassId, Dataset, PhotoId, SuspicionKind } from "../../dataset/dataset.ts";
import { addClass, clearSuspicion, moveSamples } from "../../dataset/edit.ts";
import { grouped } from "../../dataset/grouped.ts";
import type { Move } from "../../dataset/review.ts";
import type { AuditEvent } from "../../worker/protocol/index.ts";
import { currentPlace, hashOf } from "../places.ts";
import { words } from "../words/words.ts";
import { type Job, type JobControl, lookIn } from "./jobs.ts";
import type { SliceContext } from "./store.ts";

export interface AuditSlice {
  /** What the last look found; null before the first. `useReview` says what of it is still true. */
  readonly audit: AuditReport | null;
  /** The dataset that it looked at. */
  readonly audited: Dataset | null;
  /** Whether single keys act on the photo in front. */
  readonly reviewKeys: boolean;
  setReviewKeys(on: boolean): void;
  runAudit(): Promise<void>;
  /** Moves each photo to its class, all in one step of Undo. */
  acceptMoves(moves: readonly Move[]): void;
  /** The photos are in order: they are not suspected of this again. */
  clearSuspicions(photos: ReadonlySet<PhotoId>, kind: SuspicionKind): void;
  /** Makes a class to sort into. */
  addNamedClass(name: string): void;
}

export function createAuditSlice({ set, get, headstart }: SliceContext): AuditSlice {
  const look = async ({ signal, tell }: JobControl): Promise<void> => {
    const base = await get().readyBaseModel();
    const { projectId, dataset, settings } = get();
    const onEvent = (event: AuditEvent) => {
      if (event.kind === "preparing-skipped") return get().tellSkipped(event.skipped);
      if (event.kind === "preparing") get().notePace({ baseModelId: base.id, settings }, event);
      tell(jobDuring(event));
    };
    const audit = await headstart.audit({ dataset, baseModelId: base.id, settings }, onEvent, signal);
    void get().seeEngine();
    // Another project may have been opened meanwhile.
    if (get().projectId === projectId) {
      set({ audit, audited: dataset, groups: audit.groups, comparedAs: null });
    }
    // On the page Data, what it found takes the place of its progress.
    if (currentPlace() === "Data") return;
    get().notify("news", words.store.lookDone, [], {
      label: words.store.seeResult,
      run: () => {
        location.hash = hashOf("Data", "review");
      },
    });
  };

  return {
    audit: null,
    audited: null,
    reviewKeys: true,
    setReviewKeys: (on) => set({ reviewKeys: on }),
    async runAudit() {
      if (lookIn(get().jobs)) return;
      await get().attempt(async () => {
        get().refuseWithoutBaseModel();
        await get().runJob({ kind: "look", place: "Data" }, look);
      });
    },
    acceptMoves(moves) {
      get().edit({ did: "move-photos", photos: moves.length }, (dataset) =>
        [...grouped(moves, ({ classId }) => classId)].reduce(
          (moved, [classId, those]) => moveSamples(moved, photosOf(those), classId),
          dataset,
        ),
      );
    },
    clearSuspicions: (photos, kind) =>
      get().edit({ did: "clear-suspicion", photos: photos.size }, (dataset) => clearSuspicion(dataset, photos, kind)),
    addNamedClass(name) {
      const id: ClassId = crypto.randomUUID();
      get().edit({ did: "add-class" }, (dataset) => addClass(dataset, id, name));
    },
  };
}

function photosOf(moves: readonly Move[]): ReadonlySet<PhotoId> {
  return new Set(moves.map(({ photo }) => photo));
}

function jobDuring(
  event: Extract<AuditEvent, { kind: "preparing" | "auditing" }>,
): Partial<Pick<Job, "kind" | "progress">> {
  const { done, total } = event;
  return event.kind === "preparing"
    ? { kind: "prepare", progress: { done, total: total || null, unit: "photos", secondsLeft: event.secondsLeft } }
    : { kind: "look", progress: { done, total, unit: "steps", secondsLeft: null } };
}
