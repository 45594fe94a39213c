/** What has changed in a project since a run. */
import { type Dataset, type PhotoId, type Split, takesPart } from "../dataset/dataset.ts";
import { SETTING_NAMES, type TrainingSettings } from "../training/settings.ts";
import { SETTINGS, type SettingRow } from "../training/settings-table.ts";
import type { Run } from "./run.ts";
import { type RunPhotos, SPLITS } from "./run-photos.ts";

/** The photos that took part in a run, with their labels and splits. */
export type TakenPhotos = Pick<RunPhotos, "photos" | "labels" | "splits">;

export interface ProjectNow {
  readonly dataset: Dataset;
  readonly settings: TrainingSettings;
  readonly baseModelId: string | null;
  /** Photos that would be left out for being near-duplicates of others. */
  isLeftOut(photo: PhotoId): boolean;
}

/**
 * How many changes a run knows nothing of: photos that came, went, got another class or were fixed to another split, and
 * settings that differ, the base model among them.
 *
 * @param taken null where it is not kept: then no photo is counted
 */
export function changesSince(run: Run, taken: TakenPhotos | null, now: ProjectNow): number {
  return (taken ? changedPhotos(run, taken, now) : 0) + changedChoices(run, now);
}

function changedPhotos(run: Run, taken: TakenPhotos, { dataset, isLeftOut }: ProjectNow): number {
  const places = new Map(taken.photos.map((photo, at) => [photo, at]));
  const unread = new Set(run.unreadPhotos);
  let [added, changed, stayed] = [0, 0, 0];
  for (const sample of dataset.samples) {
    if (!takesPart(sample)) continue;
    const at = places.get(sample.photo);
    if (at === undefined) {
      if (!unread.has(sample.photo) && !isLeftOut(sample.photo)) added += 1;
      continue;
    }
    stayed += 1;
    const isOfClass = run.classes[taken.labels[at] ?? -1]?.id === sample.classId;
    // With cross-validation, a photo is in several splits.
    const isInSplit = run.settings.folds > 1 || agrees(SPLITS[taken.splits[at] ?? -1], sample.fixedSplit);
    if (!isOfClass || !isInSplit) changed += 1;
  }
  return added + changed + (taken.photos.length - stayed);
}

/** Photos that are fixed to training are lent to validation where none are fixed to that. */
function agrees(was: Split | undefined, fixed: Split | null): boolean {
  return fixed === null || was === fixed || (was === "validation" && fixed === "train");
}

/** A setting that has no effect, or that came later than the run, is not counted. */
function changedChoices(run: Run, { settings, baseModelId }: ProjectNow): number {
  const changed = SETTING_NAMES.filter((name) => {
    const { shownWhen = () => true }: SettingRow = SETTINGS[name];
    const before = run.settings[name];
    return before !== undefined && String(before) !== String(settings[name]) && shownWhen(settings);
  });
  const { id } = run.baseModel;
  return changed.length + (id === null || id === baseModelId ? 0 : 1);
}
