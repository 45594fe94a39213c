/** Training that begins with an earlier run: the same again, or further. */
import type { Run, RunId } from "../../project/run.ts";
import { dataAfterRun, dataOfRun, goneSince, hasClassesOf, sameNumbers } from "../../project/run-data.ts";
import { runNumbers } from "../../project/run-numbers.ts";
import type { TakenPhotos } from "../../project/since-run.ts";
import { readSettings } from "../../training/read-settings.ts";
import { PageError } from "../errors.ts";
import { words } from "../words/words.ts";
import type { SliceContext } from "./store.ts";

export interface RunAgainSlice {
  /** Trains once more on the photos of a run, with its settings and its base model, and says whether the numbers are the same. */
  repeatRun(id: RunId): Promise<void>;
  /** Trains on the photos of today, beginning with a run's classifier. */
  trainFurther(id: RunId): Promise<void>;
}

export function createRunAgainSlice({ get, headstart }: SliceContext): RunAgainSlice {
  const attempt = (work: () => Promise<unknown>) => get().attempt(work, undefined, "runs");

  /** @throws PageError when what the run was made of is not all there */
  const partsOf = async (id: RunId): Promise<{ run: Run; taken: TakenPhotos; baseModelId: string }> => {
    const run = get().runs.find((each) => each.id === id);
    const taken = run ? await headstart.photosOfRun(id) : null;
    if (!run || !taken) throw new PageError({ code: "run/photos-not-kept" });
    const base = get().baseModels.find((each) => each.id === run.baseModel.id);
    if (!base?.card) throw new PageError({ code: "run/base-gone", name: run.baseModel.name });
    return { run, taken, baseModelId: base.id };
  };

  return {
    async repeatRun(id) {
      await attempt(async () => {
        const { run, taken, baseModelId } = await partsOf(id);
        const gone = goneSince(taken, get().dataset);
        if (gone > 0) throw new PageError({ code: "run/photos-gone", photos: gone });
        const { backend: now } = await headstart.engineStatus();
        if (run.backend !== null && run.backend !== now) {
          throw new PageError({ code: "run/other-backend", backend: run.backend, now });
        }
        const done = await get().trainAs({
          ...{ dataset: dataOfRun(run, taken, get().dataset), baseModelId },
          ...{ settings: readSettings({ ...run.settings }), startFrom: run.startedFrom ?? null, asFixed: true },
        });
        if (!done) return;
        const numbers = runNumbers(get().runs);
        const [number = 0, as = 0] = [numbers.get(id), numbers.get(done.id)];
        get().notify("news", words.train.runs.repeated({ number, as, same: sameNumbers(run, done) }));
      });
    },
    async trainFurther(id) {
      await attempt(async () => {
        const { run, taken, baseModelId } = await partsOf(id);
        const dataset = dataAfterRun(run, taken, get().dataset);
        if (!hasClassesOf(run, dataset)) throw new PageError({ code: "run/other-classes" });
        await get().trainAs({
          dataset,
          baseModelId,
          settings: readSettings({ ...run.settings }),
          startFrom: id,
          asFixed: false,
        });
      });
    },
  };
}
