import { useMemo, useRef, useState } from "react";
import { type ClassId, classesOf } from "../../../dataset/dataset.ts";
import { ApplyChoice } from "../../shared/ApplyChoice.tsx";
import controls from "../../shared/controls.module.css";
import type { BatchPhoto } from "../../store/batch.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { useClassesInUse } from "../useClassesInUse.ts";
import styles from "./Batch.module.css";
import { isMisjudged } from "./rows.ts";

const text = words.batch;

/**
 * Puts a photo into a class of the project: one click where its own class is known and it was called another one, otherwise
 * the class has to be chosen.
 */
export function AddToClass({ photo }: { photo: BatchPhoto }) {
  const dataset = useStore((state) => state.dataset);
  const addBatchPhoto = useStore((state) => state.addBatchPhoto);
  const { classNames } = useClassesInUse();
  const classes = useMemo(() => classesOf(dataset), [dataset]);
  const [busy, setBusy] = useState(false);
  const acted = useRef(false);
  const { outcome, fileName, path } = photo;
  const kept = useMemo(
    () => ("photo" in outcome ? dataset.samples.find((sample) => sample.photo === outcome.photo) : undefined),
    [dataset, outcome],
  );
  // The button that was pressed has gone: what it did takes the focus.
  const takeFocus = (element: HTMLElement | null) => {
    if (acted.current) element?.focus();
    acted.current = false;
  };
  const add = (classId: ClassId) => {
    acted.current = true;
    setBusy(true);
    void addBatchPhoto(photo, classId).finally(() => setBusy(false));
  };
  if (kept) {
    const home = classes.find(({ id }) => id === kept.classId);
    return (
      <span ref={takeFocus} tabIndex={-1} className={controls.quiet}>
        {home ? text.nowIn(home.name) : words.classes.unsorted}
      </span>
    );
  }
  const own = isMisjudged(photo) ? classes.find(({ name }) => name === classNames[photo.actual ?? -1]) : undefined;
  if (own) {
    return (
      <button
        type="button"
        className={`${controls.button} ${styles.add}`}
        aria-label={text.addToNamed({ name: own.name, file: path })}
        aria-disabled={busy || undefined}
        onClick={() => !busy && add(own.id)}
      >
        <span>{text.addTo(own.name)}</span>
      </button>
    );
  }
  if (classes.length === 0) return null;
  return (
    <ApplyChoice
      label={text.chooseClass(fileName)}
      placeholder={text.isClass}
      options={classes.map(({ id, name }) => ({ value: id, text: name }))}
      apply={text.add}
      onApply={(classId) => !busy && add(classId)}
    />
  );
}
