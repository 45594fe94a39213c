import { memo } from "react";
import { type Sample, type Split, UNSORTED } from "../../../dataset/dataset.ts";
import { Icon } from "../../shared/Icon.tsx";
import { Thumbnail } from "../../shared/Thumbnail.tsx";
import styles from "./PhotoGrid.module.css";
import { SPLIT_NAMES } from "./split-names.ts";

interface PhotoCellProps {
  readonly sample: Sample;
  /** Among all photos of the grid, from 0. */
  readonly at: number;
  readonly of: number;
  readonly left: number;
  readonly top: number;
  /** Side, in pixels. */
  readonly side: number;
  readonly selected: boolean;
  /** Whether the Tab key leads to it. */
  readonly active: boolean;
  /** null while it is not known, and for a photo that takes no part. */
  readonly split: Split | null;
  /** Whether splits are known. */
  readonly splitKnown: boolean;
  /** Shown on the photo, where photos of several classes lie together. */
  readonly className: string | null;
  readonly colour: string | null;
}

/** One photo of a grid. What is clicked is found by `data-at`. */
export const PhotoCell = memo(function PhotoCell(props: PhotoCellProps) {
  const { sample, at, of, left, top, side, selected, active, className, colour } = props;
  const part = partOf(props);
  const title = [sample.fileName, className, part?.title].filter(Boolean).join(" · ");
  return (
    <li
      className={styles.cell}
      style={{ transform: `translate(${left}px, ${top}px)`, width: side, height: side }}
      aria-setsize={of}
      aria-posinset={at + 1}
    >
      <button
        type="button"
        className={`${styles.photo} ${sample.excluded ? styles.excluded : ""}`}
        data-at={at}
        aria-pressed={selected}
        aria-label={sample.fileName}
        title={title}
        tabIndex={active ? 0 : -1}
      >
        <Thumbnail photo={sample.photo} alt="" />
      </button>
      <span className={styles.caption} aria-hidden="true">
        {className === null ? null : (
          <span className={styles.className}>
            <span className={styles.dot} style={{ background: colour ?? undefined }} />
            {className}
          </span>
        )}
        {part ? (
          <span className={`${styles.badge} ${part.split ? styles[part.split] : ""}`}>
            {sample.fixedSplit && !sample.excluded ? <Icon name="pin" size={10} /> : null}
            {part.short}
          </span>
        ) : null}
      </span>
    </li>
  );
});

/** The part that a photo has in training, in short and in words; null where there is nothing to say. */
function partOf({ sample, split, splitKnown }: PhotoCellProps) {
  if (sample.excluded) return { split: null, short: "Out", title: "Excluded" };
  if (sample.classId === UNSORTED || !splitKnown) return null;
  if (!split) return { split, short: "Out", title: "Takes no part: a photo like it is fixed to another split" };
  const { short, name } = SPLIT_NAMES[split];
  return { split, short, title: sample.fixedSplit ? `${name}, fixed` : name };
}
