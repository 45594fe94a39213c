import { useState } from "react";
import type { Suspicion } from "../../../dataset/audit.ts";
import type { ClassId, PhotoId, Sample } from "../../../dataset/dataset.ts";
import { describeSuspicion } from "../../../dataset/describe-suspicion.ts";
import controls from "../../shared/controls.module.css";
import { percent } from "../../shared/format.ts";
import { LargePhoto } from "../../shared/LargePhoto.tsx";
import { useStore } from "../../store/store.ts";
import { ClassTag } from "./ClassTag.tsx";
import { KIND_NAMES } from "./kinds.ts";
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

/** Others of a group that are shown beside the photo. */
const MOST_OTHERS = 3;

/** One reason to look at one photo, and what can be done about it. */
export function SuspicionItem({ suspicion, samples, current, actions, onSelect }: SuspicionItemProps) {
  const dataset = useStore((state) => state.dataset);
  const { kind, photo, score, suggestion, others } = suspicion;
  const sample = samples.get(photo);
  if (!sample) return null;
  const names = {
    classNamed: (id: ClassId) => dataset.classes.find((each) => each.id === id)?.name ?? "another class",
    fileNamed: (id: PhotoId) => samples.get(id)?.fileName ?? "a photo no longer here",
    percent,
  };
  const shown = others.slice(0, MOST_OTHERS).flatMap((id) => samples.get(id) ?? []);
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
        {others.length > shown.length ? (
          <p className={controls.quiet}>and {others.length - shown.length} more</p>
        ) : null}
      </div>
      <div className={styles.reason}>
        <p className={styles.kind}>
          <span>{KIND_NAMES[kind]}</span>
          <meter min="0" max="1" value={score} aria-label="Strength" title={`Strength ${percent(score)}`} />
        </p>
        <p className={styles.sentence}>{describeSuspicion(suspicion, names)}</p>
        <div className={styles.actions}>
          {suggestion ? (
            <Action keyName="A" primary onClick={() => actions.move(suggestion.classId)}>
              Move to {dataset.classes.find(({ id }) => id === suggestion.classId)?.name}
            </Action>
          ) : null}
          <Action keyName="K" onClick={actions.clear}>
            {kind === "label" ? "It is right" : "It is fine"}
          </Action>
          <Action keyName="E" onClick={actions.exclude}>
            Exclude
          </Action>
          <Action keyName="D" danger onClick={actions.remove}>
            Delete
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
      <button type="button" aria-label={`Enlarge ${sample.fileName}`} onClick={() => setLarge(true)}>
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

/** A button that a key presses too. */
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
