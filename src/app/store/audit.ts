import type { AuditReport } from "../../dataset/audit.ts";
import type { ClassId, Dataset, PhotoId, SuspicionKind } from "../../dataset/dataset.ts";
import { addClass, clearSuspicion, moveSamples } from "../../dataset/edit.ts";
import { grouped } from "../../dataset/grouped.ts";
import type { Move } from "../../dataset/review.ts";
import type { AuditEvent, SkippedFile } from "../../worker/protocol/index.ts";
import { plural } from "../shared/format.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import type { SliceContext } from "./store.ts";

/** What a look through the photos is doing. */
export type Auditing = Extract<AuditEvent, { kind: "preparing" | "auditing" }>;

export interface AuditSlice {
  /** What the last look found; null before the first. `useReview` says what of it is still true. */
  readonly audit: AuditReport | null;
  /** The dataset that it looked at. */
  readonly audited: Dataset | null;
  readonly auditing: Auditing | null;
  /** Whether single keys act on the photo in front. */
  readonly reviewKeys: boolean;
  setReviewKeys(on: boolean): void;
  runAudit(): Promise<void>;
  cancelAudit(): void;
  /** Moves each photo to its class, all in one step of Undo. */
  acceptMoves(moves: readonly Move[]): void;
  /** The photos are in order: they are not suspected of this again. */
  clearSuspicions(photos: ReadonlySet<PhotoId>, kind: SuspicionKind): void;
  /** Makes a class to sort into. */
  addNamedClass(name: string): void;
}

const STARTING: Auditing = { kind: "preparing", done: 0, total: 0, secondsLeft: null };

export function createAuditSlice({ set, get, headstart }: SliceContext): AuditSlice {
  let job: AbortController | null = null;

  const tellSkipped = (skipped: readonly SkippedFile[], dataset: Dataset) => {
    const names = new Map(dataset.samples.map(({ photo, fileName }) => [photo, fileName]));
    const lines = skipped.map(({ path, fault }) => `${names.get(path) ?? path}: ${sentence(words.faults, fault)}`);
    get().notify("error", `${plural(skipped.length, "photo")} could not be read and took no part.`, lines);
  };

  return {
    audit: null,
    audited: null,
    auditing: null,
    reviewKeys: true,
    setReviewKeys: (on) => set({ reviewKeys: on }),
    async runAudit() {
      const { projectId, dataset, settings, baseModelId, baseModels, activity, auditing } = get();
      if (auditing) return;
      if (activity.kind !== "idle")
        return get().notify("error", "Training is under way. Wait for it, or stop it first.");
      const base = baseModels.find(({ id }) => id === baseModelId);
      if (!base?.card) return get().notify("error", "Choose a base model on the Train page first.");
      const mine = new AbortController();
      job = mine;
      set({ auditing: STARTING });
      await get().attempt(async () => {
        const onEvent = (event: AuditEvent) => {
          if (event.kind === "preparing-skipped") tellSkipped(event.skipped, dataset);
          else if (job === mine) set({ auditing: event });
        };
        const audit = await headstart.audit({ dataset, baseModelId: base.id, settings }, onEvent, mine.signal);
        // Another project may have been opened meanwhile.
        if (get().projectId === projectId) set({ audit, audited: dataset, groups: audit.groups });
      });
      if (job !== mine) return;
      job = null;
      set({ auditing: null });
    },
    cancelAudit() {
      job?.abort();
      job = null;
      set({ auditing: null });
    },
    acceptMoves(moves) {
      get().edit(moves.length === 1 ? "moving a photo" : `moving ${plural(moves.length, "photo")}`, (dataset) =>
        [...grouped(moves, ({ classId }) => classId)].reduce(
          (moved, [classId, those]) => moveSamples(moved, photosOf(those), classId),
          dataset,
        ),
      );
    },
    clearSuspicions: (photos, kind) =>
      get().edit("finding a photo in order", (dataset) => clearSuspicion(dataset, photos, kind)),
    addNamedClass(name) {
      const id: ClassId = crypto.randomUUID();
      get().edit("adding a class", (dataset) => addClass(dataset, id, name));
    },
  };
}

function photosOf(moves: readonly Move[]): ReadonlySet<PhotoId> {
  return new Set(moves.map(({ photo }) => photo));
}
