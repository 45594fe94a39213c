import { type ClassId, type PhotoId, type Sample, UNSORTED } from "../../../dataset/dataset.ts";
import { ApplyChoice } from "../../shared/ApplyChoice.tsx";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { shownName } from "../class-name.ts";
import styles from "./PhotoGrid.module.css";
import { SPLITS } from "./splits.ts";

interface SelectionBarProps {
  /** At least one. */
  readonly selected: readonly Sample[];
  /** The class of all photos, which is not offered to move them to; null for photos of several classes. */
  readonly classId: ClassId | null;
  /** null when all are selected. */
  readonly selectAll: { readonly label: string; run(): void } | null;
  onClear(): void;
  /** Called after every change. */
  onDone(): void;
}

/** What can be done with the selected photos. */
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
      <span className={styles.count}>{words.grid.selected(selected.length)}</span>
      <MoveTo
        classId={classId}
        onMove={(to) => {
          movePhotos(photos, to);
          onDone();
        }}
      />
      <ApplyChoice
        label={words.grid.setSplit}
        placeholder={words.grid.setSplitWhich}
        options={[
          ...SPLITS.map((split) => ({ value: split, text: words.grid.splits[split].name })),
          { value: "automatic", text: words.grid.automaticSplit },
        ]}
        apply={words.grid.set}
        onApply={(value) => {
          fixSplit(photos, SPLITS.find((split) => split === value) ?? null);
          onDone();
        }}
      />
      {excluded < selected.length ? (
        <button type="button" className={controls.button} onClick={change(() => excludePhotos(photos, true))}>
          {words.grid.exclude}
        </button>
      ) : null}
      {excluded > 0 ? (
        <button type="button" className={controls.button} onClick={change(() => excludePhotos(photos, false))}>
          {words.grid.include}
        </button>
      ) : null}
      <button
        type="button"
        className={`${controls.button} ${controls.danger}`}
        onClick={change(() => deletePhotos(photos))}
      >
        {words.grid.delete}
      </button>
      {selectAll ? (
        <button type="button" className={`${controls.button} ${controls.plain}`} onClick={selectAll.run}>
          {selectAll.label}
        </button>
      ) : null}
      <button type="button" className={`${controls.button} ${controls.plain}`} onClick={onClear}>
        {words.grid.clear}
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
    <ApplyChoice
      label={words.grid.moveTo}
      placeholder={words.grid.moveToWhich}
      options={[...real, ...unsorted].map((each) => ({ value: each.id, text: shownName(each) }))}
      apply={words.grid.move}
      onApply={onMove}
    />
  );
}
