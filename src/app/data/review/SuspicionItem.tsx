import { useState } from "react";
import type { Suspicion } from "../../../dataset/audit.ts";
import type { ClassId, PhotoId, Sample } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { LargePhoto } from "../../shared/LargePhoto.tsx";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";
import { ClassTag } from "./ClassTag.tsx";
import { PhotoDialog } from "./PhotoDialog.tsx";
import styles from "./Suspicions.module.css";

export interface ItemActions {
  move(to: ClassId): void;
  clear(): void;
  exclude(): void;
  remove(): void;
}

interface SuspicionItemProps {
  readonly suspicion: Suspicion;
  readonly samples: ReadonlyMap<PhotoId, Sample>;
  /** Whether keys act on it. */
  readonly current: boolean;
  readonly actions: ItemActions;
  onSelect(): void;
}

/** At most so many of the photos that it is like are shown beside it. */
const MOST_OTHERS = 3;

/** One reason to look at one photo, and what can be done about it. */
export function SuspicionItem({ suspicion, samples, current, actions, onSelect }: SuspicionItemProps) {
  const classes = useStore((state) => state.dataset.classes);
  const { kind, photo, score, suggestion, others } = suspicion;
  const sample = samples.get(photo);
  if (!sample) return null;
  const suggested = suggestion && {
    className: nameOfClass(classes, suggestion.classId),
    probability: suggestion.probability,
  };
  const alike = others.flatMap((id) => samples.get(id) ?? []);
  const reason = words.review.reasons[kind]({
    suggestion: suggested,
    others: alike.map(({ fileName }) => fileName),
  });
  const shown = alike.slice(0, MOST_OTHERS);
  return (
    <li
      tabIndex={-1}
      className={styles.item}
      aria-current={current ? "true" : undefined}
      onFocus={onSelect}
      onPointerDown={onSelect}
    >
      <div className={styles.pictures} data-several={shown.length > 0}>
        <Picture sample={sample} sharp={current} />
        {shown.map((other) => (
          <Picture key={other.photo} sample={other} sharp={current} />
        ))}
        {alike.length > shown.length ? (
          <p className={controls.quiet}>{words.review.andMore(alike.length - shown.length)}</p>
        ) : null}
      </div>
      <div className={styles.reason}>
        <p className={styles.kind}>
          <span>{words.review.kinds[kind]}</span>
          <meter
            min="0"
            max="1"
            value={score}
            aria-label={words.review.strengthLabel}
            title={words.review.strength(score)}
          />
        </p>
        <p className={styles.sentence}>{reason}</p>
        <div className={styles.actions}>
          {suggestion && suggested ? (
            <Action keyName="A" primary onClick={() => actions.move(suggestion.classId)}>
              {words.review.moveTo(suggested.className)}
            </Action>
          ) : null}
          <Action keyName="K" onClick={actions.clear}>
            {kind === "label" ? words.review.labelIsRight : words.review.photoIsFine}
          </Action>
          <Action keyName="E" onClick={actions.exclude}>
            {words.review.exclude}
          </Action>
          <Action keyName="D" danger onClick={actions.remove}>
            {words.review.delete}
          </Action>
        </div>
      </div>
    </li>
  );
}

function Picture({ sample, sharp }: { sample: Sample; sharp: boolean }) {
  const [large, setLarge] = useState(false);
  return (
    <figure className={styles.picture}>
      <button type="button" aria-label={words.review.enlarge(sample.fileName)} onClick={() => setLarge(true)}>
        <LargePhoto photo={sample.photo} alt="" sharp={sharp} />
      </button>
      <figcaption title={sample.fileName}>
        <ClassTag id={sample.classId} />
        <span className={`${controls.quiet} ${styles.fileName}`}>{sample.fileName}</span>
      </figcaption>
      {large ? <PhotoDialog sample={sample} onClose={() => setLarge(false)} /> : null}
    </figure>
  );
}

interface ActionProps {
  readonly keyName: string;
  readonly primary?: boolean;
  readonly danger?: boolean;
  readonly children: React.ReactNode;
  onClick(): void;
}

/** A button with a key of its own. */
function Action({ keyName, primary = false, danger = false, children, onClick }: ActionProps) {
  const keysOn = useStore((state) => state.reviewKeys);
  return (
    <button
      type="button"
      className={`${controls.button} ${primary ? controls.primary : ""} ${danger ? controls.danger : ""}`}
      aria-keyshortcuts={keysOn ? keyName : undefined}
      onClick={onClick}
    >
      <span>{children}</span>
    </button>
  );
}
