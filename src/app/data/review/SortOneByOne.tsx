import { useEffect, useMemo, useRef, useState } from "react";
import type { ClassId, PhotoId } from "../../../dataset/dataset.ts";
import type { Waiting } from "../../../dataset/sorting.ts";
import controls from "../../shared/controls.module.css";
import { percent } from "../../shared/format.ts";
import { Icon } from "../../shared/Icon.tsx";
import { LargePhoto } from "../../shared/LargePhoto.tsx";
import { useStore } from "../../store/store.ts";
import { ClassButtons, numberKeys, useTargets } from "./ClassButtons.tsx";
import { KeyLegend } from "./KeyLegend.tsx";
import review from "./Review.module.css";
import styles from "./Sort.module.css";
import { useKeys } from "./useKeys.ts";
import { useWalk } from "./useWalk.ts";

const LEGEND = [
  ["Enter", "take the suggestion"],
  ["1–9", "choose the class"],
  ["S", "skip"],
  ["E", "exclude"],
  ["D", "delete"],
  ["Z", "undo"],
] as const;

/** One photo at a time, large, with one key to its class. */
export function SortOneByOne({ waiting }: { waiting: readonly Waiting[] }) {
  const targets = useTargets();
  const { acceptMoves, excludePhotos, deletePhotos, undo } = useStore.getState();
  const keys = useMemo(() => waiting.map(({ sample }) => sample.photo), [waiting]);
  const [note, setNote] = useState("");
  const stage = useRef<HTMLElement>(null);
  // A button that has gone has taken the focus with it.
  const keepFocus = () => document.activeElement === document.body && stage.current?.focus({ preventScroll: true });
  const walk = useWalk(keys, keepFocus);
  useEffect(() => stage.current?.focus({ preventScroll: true }), []);

  const front = waiting.find(({ sample }) => sample.photo === walk.current);
  const act = (what: string, action: (photo: PhotoId) => void) => {
    if (!front) return;
    walk.willChange();
    action(front.sample.photo);
    setNote(`${front.sample.fileName} ${what}.`);
  };
  const move = (classId: ClassId) =>
    act(`is ${targets.find(({ id }) => id === classId)?.name}`, (photo) => acceptMoves([{ photo, classId }]));
  const accept = () => front?.suggestion && move(front.suggestion.classId);
  const skip = () => walk.go(1, true);
  const exclude = () => act("excluded", (photo) => excludePhotos(new Set([photo]), true));
  const remove = () => act("deleted", (photo) => deletePhotos(new Set([photo])));
  const takeBack = () => {
    walk.willChange();
    setNote("");
    undo();
  };
  useKeys({
    ...numberKeys(targets, move),
    ...{ enter: accept, a: accept, s: skip, arrowright: skip, arrowleft: () => walk.go(-1, true) },
    ...{ e: exclude, d: remove, delete: remove, z: takeBack },
  });

  if (!front) return null;
  const { sample, suggestion } = front;
  return (
    <div className={styles.sorting}>
      <section ref={stage} tabIndex={-1} className={styles.stage} aria-label="Photo to sort">
        <LargePhoto photo={sample.photo} alt={sample.fileName} sharp />
        <div className={review.bar}>
          <p className={controls.quiet}>{sample.fileName}</p>
          <p role="status" aria-label="Last action" className={review.note}>
            {note}
          </p>
        </div>
      </section>
      <div className={styles.choices}>
        {suggestion ? (
          <button
            type="button"
            className={`${controls.button} ${controls.primary} ${styles.accept}`}
            aria-keyshortcuts="Enter"
            onClick={accept}
          >
            <span>
              Accept <strong>{targets.find(({ id }) => id === suggestion.classId)?.name}</strong>
            </span>
            <span className={styles.sure}>
              {percent(suggestion.probability)} sure{" "}
              <span className={review.key} aria-hidden="true">
                Enter
              </span>
            </span>
          </button>
        ) : null}
        <ClassButtons targets={targets} suggested={suggestion?.classId ?? null} onChoose={move} />
        <div className={controls.row}>
          <button type="button" className={controls.button} onClick={skip}>
            Skip
          </button>
          <button type="button" className={controls.button} onClick={exclude}>
            Exclude
          </button>
          <button type="button" className={`${controls.button} ${controls.danger}`} onClick={remove}>
            <Icon name="trash" />
            Delete
          </button>
        </div>
        <KeyLegend keys={LEGEND} />
      </div>
    </div>
  );
}
