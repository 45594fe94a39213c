/** Whether more photos would help, worked out on request. */
import type { Dataset } from "../../dataset/dataset.ts";
import type { MorePhotosEvent, MorePhotosFound } from "../../worker/protocol/index.ts";
import type { JobControl } from "./jobs.ts";
import type { SliceContext } from "./store.ts";

export interface MorePhotosSlice {
  /** What was found last, and on which photos; null before. */
  readonly morePhotos: { readonly found: MorePhotosFound; readonly dataset: Dataset } | null;
  /** Trains on parts of the photos with the settings of the form. */
  tryParts(): Promise<void>;
}

export function createMorePhotosSlice({ set, get, headstart }: SliceContext): MorePhotosSlice {
  const work = async ({ signal, tell }: JobControl): Promise<void> => {
    const { id: baseModelId } = await get().readyBaseModel();
    const { projectId, dataset, settings, groups, comparedAs } = get();
    const onEvent = (event: MorePhotosEvent) => {
      if (event.kind === "preparing-skipped") get().tellSkipped(event.skipped, "more-photos");
      else if (event.kind === "groups") set({ groups: event.groups, comparedAs: event.comparedAs });
      else {
        const { done, total } = event;
        if (event.kind === "part") {
          tell({ kind: "parts", progress: { done, total, unit: "steps", secondsLeft: null } });
        } else {
          const { secondsLeft } = event;
          tell({ kind: "prepare", progress: { done, total: total || null, unit: "photos", secondsLeft } });
        }
      }
    };
    const known = comparedAs === null ? null : { groups, comparedAs };
    const found = await headstart.tryParts({ dataset, baseModelId, settings, known }, onEvent, signal);
    void get().seeEngine();
    // Another project may have been opened meanwhile.
    if (get().projectId === projectId) set({ morePhotos: { found, dataset } });
  };
  return {
    morePhotos: null,
    async tryParts() {
      await get().attempt(
        async () => {
          get().refuseWithoutBaseModel();
          await get().runJob({ kind: "parts", place: "Evaluate" }, work);
        },
        undefined,
        "more-photos",
      );
    },
  };
}
