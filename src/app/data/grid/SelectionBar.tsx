import { type ClassId, type PhotoId, type Sample, type Split, UNSORTED } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { plural } from "../../shared/format.ts";
import { useStore } from "../../store/store.ts";
import styles from "./PhotoGrid.module.css";
import { SPLIT_NAMES, SPLITS } from "./split-names.ts";

interface SelectionBarProps {
  /** At least one. */
  readonly selected: readonly Sample[];
  /** The class that all are in and need not be moved to; null for photos of several classes. */
  readonly classId: ClassId | null;
  /** null when all are selected. */
  readonly selectAll: { readonly label: string; run(): void } | null;
  onClear(): void;
  /** Called after every change. */
  onDone(): void;
}

/** What can be done with the photos selected. */
export function SelectionBar({ selected, classId, selectAll, onClear, onDone }: SelectionBarProps) {
  const { movePhotos, deletePhotos, excludePhotos, fixSplit } = useStore.getState();
  const photos: ReadonlySet<PhotoId> = new Set(selected.map(({ photo }) => photo));
  const excluded = selected.filter((sample) => sample.excluded).length;
  const change = (run: () => void) => () => {
    run();
    onDone();
  };
  return (
    <div className={styles.selection}>
      <span className={styles.count}>{plural(selected.length, "photo")} selected</span>
      <MoveTo
        classId={classId}
        onMove={(to) => {
          movePhotos(photos, to);
          onDone();
        }}
      />
      <select
        aria-label="Set split"
        value=""
        onChange={({ currentTarget }) => {
          fixSplit(photos, SPLITS.find((split) => split === currentTarget.value) ?? null);
          onDone();
        }}
      >
        <option value="" disabled>
          Set split …
        </option>
        {SPLITS.map((split: Split) => (
          <option key={split} value={split}>
            {SPLIT_NAMES[split].name}
          </option>
        ))}
        <option value="automatic">Automatic</option>
      </select>
      {excluded < selected.length ? (
        <button type="button" className={controls.button} onClick={change(() => excludePhotos(photos, true))}>
          Exclude
        </button>
      ) : null}
      {excluded > 0 ? (
        <button type="button" className={controls.button} onClick={change(() => excludePhotos(photos, false))}>
          Include
        </button>
      ) : null}
      <button
        type="button"
        className={`${controls.button} ${controls.danger}`}
        onClick={change(() => deletePhotos(photos))}
      >
        Delete photos
      </button>
      {selectAll ? (
        <button type="button" className={`${controls.button} ${controls.plain}`} onClick={selectAll.run}>
          {selectAll.label}
        </button>
      ) : null}
      <button type="button" className={`${controls.button} ${controls.plain}`} onClick={onClear}>
        Clear
      </button>
    </div>
  );
}

function MoveTo({ classId, onMove }: { classId: ClassId | null; onMove(to: ClassId): void }) {
  const classes = useStore((state) => state.dataset.classes);
  const others = classes.filter(({ id }) => id !== classId);
  if (others.length === 0 || classes.length < 2) return null;
  const real = others.filter(({ id }) => id !== UNSORTED);
  const unsorted = others.filter(({ id }) => id === UNSORTED);
  return (
    <select aria-label="Move to" value="" onChange={({ currentTarget }) => onMove(currentTarget.value)}>
      <option value="" disabled>
        Move to …
      </option>
      {[...real, ...unsorted].map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
