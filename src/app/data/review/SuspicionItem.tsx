import type { Suspicion } from "../../../dataset/audit.ts";
import type { ClassId, PhotoId, Sample } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { LargePhoto } from "../../shared/LargePhoto.tsx";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";
import { ClassTag } from "./ClassTag.tsx";
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
  onEnlarge(photo: PhotoId): void;
}

/** At most so many of the photos that it is like are shown beside it. */
const MOST_OTHERS = 3;

/** The photo of a suspicion, and those that are shown beside it. */
export function picturesOf(
  { photo, others }: Suspicion,
  samples: ReadonlyMap<PhotoId, Sample>,
): { readonly shown: readonly Sample[]; readonly more: number } {
  const sample = samples.get(photo);
  if (!sample) return { shown: [], more: 0 };
  const alike = others.flatMap((id) => samples.get(id) ?? []);
  return { shown: [sample, ...alike.slice(0, MOST_OTHERS)], more: Math.max(0, alike.length - MOST_OTHERS) };
}

/** One reason to look at one photo, and what can be done about it. */
export function SuspicionItem({ suspicion, samples, current, actions, onSelect, onEnlarge }: SuspicionItemProps) {
  const classes = useStore((state) => state.dataset.classes);
  const { kind, score, suggestion, others } = suspicion;
  const { shown, more } = picturesOf(suspicion, samples);
  if (shown.length === 0) return null;
  const suggested = suggestion && {
    className: nameOfClass(classes, suggestion.classId),
    probability: suggestion.probability,
  };
  const reason = words.review.reasons[kind]({
    suggestion: suggested,
    others: others.flatMap((id) => samples.get(id)?.fileName ?? []),
  });
  return (
    <li
      tabIndex={-1}
      className={styles.item}
      aria-current={current ? "true" : undefined}
      onFocus={onSelect}
      onPointerDown={onSelect}
    >
      <div className={styles.pictures} data-several={shown.length > 1}>
        {shown.map((each) => (
          <Picture key={each.photo} sample={each} sharp={current} onEnlarge={() => onEnlarge(each.photo)} />
        ))}
        {more > 0 ? <p className={controls.quiet}>{words.review.andMore(more)}</p> : null}
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

function Picture({ sample, sharp, onEnlarge }: { sample: Sample; sharp: boolean; onEnlarge(): void }) {
  return (
    <figure className={styles.picture}>
      <button
        type="button"
        data-photo={sample.photo}
        aria-label={words.shared.viewer.enlarge(sample.fileName)}
        onClick={onEnlarge}
      >
        <LargePhoto photo={sample.photo} alt="" sharp={sharp} />
      </button>
      <figcaption title={sample.fileName}>
        <ClassTag id={sample.classId} />
        <span className={`${controls.quiet} ${styles.fileName}`}>{sample.fileName}</span>
      </figcaption>
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
