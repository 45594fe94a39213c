import { useEffect, useMemo, useRef, useState } from "react";
import type { Suspicion } from "../../../dataset/audit.ts";
import type { PhotoId } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { count } from "../../shared/format.ts";
import { useStore } from "../../store/store.ts";
import { KeyLegend } from "./KeyLegend.tsx";
import review from "./Review.module.css";
import { type ItemActions, SuspicionItem } from "./SuspicionItem.tsx";
import styles from "./Suspicions.module.css";
import { useKeys } from "./useKeys.ts";
import { useWalk } from "./useWalk.ts";

/** Of the view's title. */
export const TITLE_ID = "review-title";

const SHOWN_AT_FIRST = 20;
const SHOWN_MORE = 60;

const LEGEND = [
  ["A", "take the suggestion"],
  ["K", "it is right"],
  ["E", "exclude"],
  ["D", "delete"],
  ["J", "next"],
  ["Z", "undo"],
] as const;

/** The list to work through, by mouse or by single keys. */
export function SuspicionList({ suspicions }: { suspicions: readonly Suspicion[] }) {
  const samples = useStore((state) => state.dataset.samples);
  const classes = useStore((state) => state.dataset.classes);
  const { acceptMoves, clearSuspicions, excludePhotos, deletePhotos, undo } = useStore.getState();
  const byId = useMemo(() => new Map(samples.map((sample) => [sample.photo, sample])), [samples]);
  const keys = useMemo(() => suspicions.map(keyOf), [suspicions]);
  const [limit, setLimit] = useState(SHOWN_AT_FIRST);
  const [note, setNote] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const focusCurrent = () => {
    const item = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    // After the last one the view's title says how things stand.
    (item ?? document.getElementById(TITLE_ID))?.focus();
  };
  const walk = useWalk(keys, focusCurrent);
  const at = walk.current === null ? -1 : keys.indexOf(walk.current);
  const shown = suspicions.slice(0, Math.max(limit, at + 1));

  const actionsOf = ({ kind, photo, others }: Suspicion): ItemActions => {
    const one = new Set<PhotoId>([photo]);
    const name = byId.get(photo)?.fileName ?? "The photo";
    const act = (text: string, action: () => void) => {
      walk.willChange();
      action();
      setNote(text);
    };
    return {
      move: (classId) =>
        act(`${name} moved to ${classes.find(({ id }) => id === classId)?.name}.`, () =>
          acceptMoves([{ photo, classId }]),
        ),
      // Photos that are alike are alike in both directions.
      clear: () => act(`${name} stays as it is.`, () => clearSuspicions(new Set([photo, ...others]), kind)),
      exclude: () => act(`${name} excluded from training and testing.`, () => excludePhotos(one, true)),
      remove: () => act(`${name} deleted.`, () => deletePhotos(one)),
    };
  };

  const front = suspicions[at];
  const actions = front ? actionsOf(front) : null;
  const accept = () => front?.suggestion && actions?.move(front.suggestion.classId);
  useKeys({
    ...{
      a: accept,
      enter: accept,
      k: actions?.clear,
      e: actions?.exclude,
      d: actions?.remove,
      delete: actions?.remove,
    },
    ...{ j: () => walk.go(1, false), arrowright: () => walk.go(1, false), arrowdown: () => walk.go(1, false) },
    ...{ arrowleft: () => walk.go(-1, false), arrowup: () => walk.go(-1, false) },
    z() {
      walk.willChange();
      setNote("");
      undo();
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list comes
  useEffect(() => focusCurrent(), []);

  return (
    <>
      <div className={`${review.bar} ${review.sticky}`}>
        {suspicions.length ? <KeyLegend keys={LEGEND} /> : null}
        <p role="status" aria-label="Last action" className={review.note}>
          {note}
        </p>
      </div>
      <ul ref={list} className={styles.items} aria-label="Worth a look">
        {shown.map((suspicion) => {
          const key = keyOf(suspicion);
          return (
            <SuspicionItem
              key={key}
              suspicion={suspicion}
              samples={byId}
              current={key === walk.current}
              actions={actionsOf(suspicion)}
              onSelect={() => walk.select(key)}
            />
          );
        })}
      </ul>
      {suspicions.length > shown.length ? (
        <button type="button" className={controls.button} onClick={() => setLimit(shown.length + SHOWN_MORE)}>
          Show more ({count(suspicions.length - shown.length)})
        </button>
      ) : null}
    </>
  );
}

function keyOf({ kind, photo }: Suspicion): string {
  return `${kind} ${photo}`;
}
