import { useEffect, useMemo, useRef, useState } from "react";
import type { Suspicion } from "../../../dataset/audit.ts";
import type { PhotoId } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { PhotoViewer, viewedSample } from "../../shared/PhotoViewer.tsx";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";
import { KeyLegend } from "./KeyLegend.tsx";
import review from "./Review.module.css";
import { type ItemActions, picturesOf, SuspicionItem } from "./SuspicionItem.tsx";
import styles from "./Suspicions.module.css";
import { useKeys } from "./useKeys.ts";
import { useWalk } from "./useWalk.ts";

/** Id of the title of the view. */
export const TITLE_ID = "review-title";

const SHOWN_AT_FIRST = 20;
const SHOWN_MORE = 60;

const LEGEND = [
  ["A", words.review.keys.accept],
  ["K", words.review.keys.keep],
  ["E", words.review.keys.exclude],
  ["D", words.review.keys.delete],
  ["J", words.review.keys.next],
  ["Z", words.review.keys.undo],
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
  const [large, setLarge] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const focusCurrent = () => {
    const item = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    // When the list is empty, the title of the view says so.
    (item ?? document.getElementById(TITLE_ID))?.focus();
  };
  const focusPicture = (key: string) => {
    const at = suspicions.findIndex((each) => key.startsWith(`${keyOf(each)} `));
    const photo = key.slice(key.lastIndexOf(" ") + 1);
    list.current?.children[at]?.querySelector<HTMLElement>(`[data-photo="${photo}"]`)?.focus();
  };
  const walk = useWalk(keys, focusCurrent);
  const at = walk.current === null ? -1 : keys.indexOf(walk.current);
  const shown = suspicions.slice(0, Math.max(limit, at + 1));

  const actionsOf = ({ kind, photo, others }: Suspicion): ItemActions => {
    const one = new Set<PhotoId>([photo]);
    const file = byId.get(photo)?.fileName ?? "";
    const act = (text: string, action: () => void) => {
      walk.willChange();
      action();
      setNote(text);
    };
    return {
      move: (classId) =>
        act(words.review.moved({ file, className: nameOfClass(classes, classId) }), () =>
          acceptMoves([{ photo, classId }]),
        ),
      // The photos that this one is like are cleared too: they are like it.
      clear: () => act(words.review.kept(file), () => clearSuspicions(new Set([photo, ...others]), kind)),
      exclude: () => act(words.review.excluded(file), () => excludePhotos(one, true)),
      remove: () => act(words.review.deleted(file), () => deletePhotos(one)),
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
        <p role="status" aria-label={words.review.lastAction} className={review.note}>
          {note}
        </p>
      </div>
      <ul ref={list} className={styles.items} aria-label={words.review.label}>
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
              onEnlarge={(photo) => setLarge(pictureKey(key, photo))}
            />
          );
        })}
      </ul>
      {suspicions.length > shown.length ? (
        <button
          type="button"
          className={controls.button}
          onClick={() => {
            walk.willChange();
            walk.select(keys[shown.length] ?? "");
            setLimit(shown.length + SHOWN_MORE);
          }}
        >
          {words.review.showMore(suspicions.length - shown.length)}
        </button>
      ) : null}
      {large === null ? null : (
        <PhotoViewer
          photos={shown.flatMap((suspicion) =>
            picturesOf(suspicion, byId).shown.map((sample) =>
              viewedSample(sample, pictureKey(keyOf(suspicion), sample.photo)),
            ),
          )}
          shown={large}
          onStep={setLarge}
          onClose={() => {
            setLarge(null);
            focusPicture(large);
          }}
        />
      )}
    </>
  );
}

/** Of a picture in an item, which may show several. */
function pictureKey(item: string, photo: PhotoId): string {
  return `${item} ${photo}`;
}

function keyOf({ kind, photo }: Suspicion): string {
  return `${kind} ${photo}`;
}
