import { useEffect, useMemo, useRef, useState } from "react";
import type { ClassId, PhotoId } from "../../../dataset/dataset.ts";
import type { Waiting } from "../../../dataset/sorting.ts";
import controls from "../../shared/controls.module.css";
import { Icon } from "../../shared/Icon.tsx";
import { LargePhoto } from "../../shared/LargePhoto.tsx";
import { PhotoViewer, viewedSample } from "../../shared/PhotoViewer.tsx";
import { bestOf } from "../../store/quick.ts";
import { useStore } from "../../store/store.ts";
import { Marked } from "../../words/Marked.tsx";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";
import { GuessLine } from "../quick/GuessLine.tsx";
import { usePhotoGuess } from "../quick/usePhotoGuess.ts";
import { ClassButtons, numberKeys, useTargets } from "./ClassButtons.tsx";
import { KeyLegend } from "./KeyLegend.tsx";
import review from "./Review.module.css";
import styles from "./Sort.module.css";
import { useKeys } from "./useKeys.ts";
import { useWalk } from "./useWalk.ts";

const LEGEND = [
  [words.review.keys.enter, words.review.keys.accept],
  ["1–9", words.sort.keys.choose],
  ["S", words.sort.keys.skip],
  ["E", words.review.keys.exclude],
  ["D", words.review.keys.delete],
  ["Z", words.review.keys.undo],
] as const;

/** One photo at a time, large; one key gives it its class. */
export function SortOneByOne({ waiting }: { waiting: readonly Waiting[] }) {
  const targets = useTargets();
  const { acceptMoves, excludePhotos, deletePhotos, undo } = useStore.getState();
  const keys = useMemo(() => waiting.map(({ sample }) => sample.photo), [waiting]);
  const [note, setNote] = useState("");
  const [large, setLarge] = useState<PhotoId | null>(null);
  const stage = useRef<HTMLElement>(null);
  // A button that is removed while it has the focus leaves the focus nowhere.
  const keepFocus = () => document.activeElement === document.body && stage.current?.focus({ preventScroll: true });
  const walk = useWalk(keys, keepFocus);
  useEffect(() => stage.current?.focus({ preventScroll: true }), []);

  const front = waiting.find(({ sample }) => sample.photo === walk.current);
  const guess = usePhotoGuess(front?.sample.photo ?? null);
  const suggestion = front?.suggestion ?? (guess.answer && bestOf(guess.answer));
  const act = (noteOf: (file: string) => string, action: (photo: PhotoId) => void) => {
    if (!front) return;
    walk.willChange();
    action(front.sample.photo);
    setNote(noteOf(front.sample.fileName));
  };
  const move = (classId: ClassId) =>
    act(
      (file) => words.sort.sorted({ file, className: nameOfClass(targets, classId) }),
      (photo) => acceptMoves([{ photo, classId }]),
    );
  const accept = () => suggestion && move(suggestion.classId);
  const skip = () => walk.go(1, true);
  const exclude = () => act(words.review.excluded, (photo) => excludePhotos(new Set([photo]), true));
  const remove = () => act(words.review.deleted, (photo) => deletePhotos(new Set([photo])));
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
  const { sample } = front;
  return (
    <div className={styles.sorting}>
      <section ref={stage} tabIndex={-1} className={styles.stage} aria-label={words.sort.photo}>
        <button
          type="button"
          className={styles.enlarge}
          aria-label={words.shared.viewer.enlarge(sample.fileName)}
          onClick={() => setLarge(sample.photo)}
        >
          <LargePhoto photo={sample.photo} alt={sample.fileName} sharp />
        </button>
        <div className={review.bar}>
          <p className={controls.quiet}>{sample.fileName}</p>
          <p role="status" aria-label={words.review.lastAction} className={review.note}>
            {note}
          </p>
        </div>
      </section>
      <div className={styles.choices}>
        <GuessLine answer={guess.answer} awaited={guess.awaited} of={sample.photo} label={words.quick.label} />
        {suggestion ? (
          <button
            type="button"
            className={`${controls.button} ${controls.primary} ${styles.accept}`}
            aria-keyshortcuts="Enter"
            onClick={accept}
          >
            <span>
              <Marked text={words.sort.accept(nameOfClass(targets, suggestion.classId))} />
            </span>
            <span className={styles.sure}>
              {words.sort.sure(suggestion.probability)}{" "}
              <span className={review.key} aria-hidden="true">
                {words.review.keys.enter}
              </span>
            </span>
          </button>
        ) : guess.awaited ? (
          <div className={styles.accept} />
        ) : null}
        <ClassButtons targets={targets} suggested={suggestion?.classId ?? null} onChoose={move} />
        <div className={controls.row}>
          <button type="button" className={controls.button} onClick={skip}>
            {words.sort.skip}
          </button>
          <button type="button" className={controls.button} onClick={exclude}>
            {words.sort.exclude}
          </button>
          <button type="button" className={`${controls.button} ${controls.danger}`} onClick={remove}>
            <Icon name="trash" />
            {words.sort.delete}
          </button>
        </div>
        <KeyLegend keys={LEGEND} />
      </div>
      {large === null ? null : (
        <PhotoViewer
          photos={waiting.map((each) => viewedSample(each.sample))}
          shown={large}
          onStep={setLarge}
          onClose={() => {
            setLarge(null);
            // One goes on with the photo that one has looked at last.
            walk.select(large);
          }}
        />
      )}
    </div>
  );
}
