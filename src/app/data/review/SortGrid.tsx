import { useId, useMemo, useRef, useState } from "react";
import type { ClassId, PhotoId } from "../../../dataset/dataset.ts";
import { bySuggestion, isSwept, sweep, type Waiting } from "../../../dataset/sorting.ts";
import controls from "../../shared/controls.module.css";
import { EnlargeButton } from "../../shared/EnlargeButton.tsx";
import { PhotoViewer, viewedSample } from "../../shared/PhotoViewer.tsx";
import { Thumbnail } from "../../shared/Thumbnail.tsx";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";
import { numberKeys, useTargets } from "./ClassButtons.tsx";
import { ClassTag } from "./ClassTag.tsx";
import { KeyLegend } from "./KeyLegend.tsx";
import review from "./Review.module.css";
import styles from "./Sort.module.css";
import { Sweep } from "./Sweep.tsx";
import { useKeys } from "./useKeys.ts";
import { useWalk } from "./useWalk.ts";

const SURE = 0.95;
const SHOWN_AT_FIRST = 60;
const SHOWN_MORE = 240;

const LEGEND = [
  [words.review.keys.space, words.sort.keys.flip],
  [words.review.keys.enter, words.review.keys.enlarge],
  ["A", words.review.keys.accept],
  ["1–9", words.sort.keys.choose],
  ["E", words.review.keys.exclude],
  ["D", words.review.keys.delete],
  ["Z", words.review.keys.undo],
] as const;

/** Many photos at a glance, grouped by the class that each looks like: leave out wrong ones, accept the rest at once. */
export function SortGrid({ waiting }: { waiting: readonly Waiting[] }) {
  const dataset = useStore((state) => state.dataset);
  const { acceptMoves, excludePhotos, deletePhotos, undo } = useStore.getState();
  const targets = useTargets();
  const [threshold, setThreshold] = useState(SURE);
  const [flipped, setFlipped] = useState<ReadonlySet<PhotoId>>(new Set());
  const [note, setNote] = useState("");
  const [large, setLarge] = useState<PhotoId | null>(null);
  const groups = useMemo(() => bySuggestion(waiting, dataset), [waiting, dataset]);
  const keys = useMemo(() => groups.flatMap(([, photos]) => photos.map(({ sample }) => sample.photo)), [groups]);
  const grid = useRef<HTMLDivElement>(null);
  const walk = useWalk(keys, () => grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  const moves = sweep(waiting, threshold, flipped);
  const byHand = waiting.some(({ sample, suggestion }) => suggestion && flipped.has(sample.photo));

  const flip = (photo: PhotoId) => {
    const next = new Set(flipped);
    if (!next.delete(photo)) next.add(photo);
    setFlipped(next);
  };
  const front = waiting.find(({ sample }) => sample.photo === walk.current);
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
  const remove = () => act(words.review.deleted, (photo) => deletePhotos(new Set([photo])));
  const takeBack = () => {
    walk.willChange();
    setNote("");
    undo();
  };
  useKeys({
    ...numberKeys(targets, move),
    ...{ a: () => front?.suggestion && move(front.suggestion.classId), d: remove, delete: remove, z: takeBack },
    e: () => act(words.review.excluded, (photo) => excludePhotos(new Set([photo]), true)),
    ...{ arrowright: () => walk.go(1, false), arrowleft: () => walk.go(-1, false) },
  });

  return (
    <>
      {waiting.some(({ suggestion }) => suggestion) ? (
        <Sweep
          threshold={threshold}
          photos={moves.length}
          label={
            byHand
              ? words.sort.acceptChosen(moves.length)
              : words.sort.acceptSure({ suggestions: moves.length, threshold })
          }
          onThreshold={setThreshold}
          onAccept={() => {
            acceptMoves(moves);
            setNote(words.sort.swept(moves.length));
          }}
        />
      ) : null}
      <div className={`${review.bar} ${review.sticky}`}>
        <KeyLegend keys={LEGEND} />
        <p role="status" aria-label={words.review.lastAction} className={review.note}>
          {note}
        </p>
      </div>
      <div ref={grid} className={styles.groups}>
        {groups.map(([classId, photos]) => (
          <Group key={classId} classId={classId} photos={photos} current={walk.current}>
            {(each) => (
              <SortCell
                waiting={each}
                active={each.sample.photo === walk.current}
                swept={isSwept(each, threshold, flipped)}
                onFocus={() => walk.select(each.sample.photo)}
                onFlip={() => flip(each.sample.photo)}
                onEnlarge={() => setLarge(each.sample.photo)}
              />
            )}
          </Group>
        ))}
      </div>
      {large === null ? null : (
        <PhotoViewer
          photos={groups.flatMap(([, photos]) => photos.map(({ sample }) => viewedSample(sample)))}
          shown={large}
          onStep={setLarge}
          onClose={() => {
            setLarge(null);
            if (walk.current !== large) walk.willChange();
            walk.select(large);
            grid.current?.querySelector<HTMLElement>(`[data-photo="${large}"]`)?.focus();
          }}
        />
      )}
    </>
  );
}

interface GroupProps {
  readonly classId: ClassId | null;
  readonly photos: readonly Waiting[];
  /** The photo that keys act on; it is always shown. */
  readonly current: PhotoId | null;
  children(photo: Waiting): React.ReactNode;
}

/** The photos that look like one class. */
function Group({ classId, photos, current, children }: GroupProps) {
  const [limit, setLimit] = useState(SHOWN_AT_FIRST);
  const title = useId();
  const at = photos.findIndex(({ sample }) => sample.photo === current);
  const shown = photos.slice(0, Math.max(limit, at + 1));
  return (
    <section aria-labelledby={title}>
      <h3 id={title} className={styles.groupName}>
        {classId === null ? words.sort.withoutSuggestion : <ClassTag id={classId} />}{" "}
        <span className={`${controls.quiet} ${styles.count}`}>{words.classes.count(photos.length)}</span>
      </h3>
      <ul className={styles.cells}>
        {shown.map((photo) => (
          <li key={photo.sample.photo}>{children(photo)}</li>
        ))}
      </ul>
      {photos.length > shown.length ? (
        <button type="button" className={controls.button} onClick={() => setLimit(shown.length + SHOWN_MORE)}>
          {words.review.showMore(photos.length - shown.length)}
        </button>
      ) : null}
    </section>
  );
}

interface SortCellProps {
  readonly waiting: Waiting;
  /** Whether the Tab key focuses it. */
  readonly active: boolean;
  /** Whether its suggestion would be accepted now. */
  readonly swept: boolean;
  onFocus(): void;
  onFlip(): void;
  onEnlarge(): void;
}

/** One photo: a click or Space accepts its suggestion or leaves it out, a double-click or Enter enlarges it. */
function SortCell({ waiting, active, swept, onFocus, onFlip, onEnlarge }: SortCellProps) {
  const { sample, suggestion } = waiting;
  return (
    <>
      <button
        type="button"
        className={styles.cell}
        data-photo={sample.photo}
        tabIndex={active ? 0 : -1}
        aria-pressed={swept}
        aria-label={nameOf(waiting)}
        title={sample.fileName}
        onFocus={onFocus}
        onClick={() => suggestion && onFlip()}
        onDoubleClick={onEnlarge}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onEnlarge();
        }}
      >
        <Thumbnail photo={sample.photo} alt="" />
        <span>{suggestion ? words.numbers.percent(suggestion.probability) : ""}</span>
      </button>
      <EnlargeButton onClick={onEnlarge} />
    </>
  );
}

function nameOf({ sample, suggestion }: Waiting): string {
  if (!suggestion) return sample.fileName;
  return words.sort.cell({ file: sample.fileName, probability: suggestion.probability });
}
