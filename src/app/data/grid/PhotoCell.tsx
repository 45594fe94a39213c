import { memo } from "react";
import { type Sample, type Split, UNSORTED } from "../../../dataset/dataset.ts";
import { EnlargeButton } from "../../shared/EnlargeButton.tsx";
import { Icon } from "../../shared/Icon.tsx";
import { Thumbnail } from "../../shared/Thumbnail.tsx";
import { words } from "../../words/words.ts";
import styles from "./PhotoGrid.module.css";

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
  /** Whether the Tab key focuses it. */
  readonly active: boolean;
  /** null while it is not known, and for a photo that is not used. */
  readonly split: Split | null;
  /** Whether splits are known. */
  readonly splitKnown: boolean;
  /** Shown on the photo in a grid of several classes; null in a grid of one. */
  readonly className: string | null;
  readonly colour: string | null;
}

/** One photo of a grid. The grid finds the photo that was clicked by the item's `data-cell`. */
export const PhotoCell = memo(function PhotoCell(props: PhotoCellProps) {
  const { sample, at, of, left, top, side, selected, active, className, colour } = props;
  const part = partOf(props);
  const title = [sample.fileName, className, part?.title].filter(Boolean).join(" · ");
  return (
    <li
      className={styles.cell}
      style={{ transform: `translate(${left}px, ${top}px)`, width: side, height: side }}
      data-cell={at}
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
      <EnlargeButton />
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

/** What a photo is used for, in short and in words; null where there is nothing to say. */
function partOf({ sample, split, splitKnown }: PhotoCellProps) {
  const { splits, out, excluded, outByDuplicate, fixedSplit } = words.grid;
  if (sample.excluded) return { split: null, short: out, title: excluded };
  if (sample.classId === UNSORTED || !splitKnown) return null;
  if (!split) return { split, short: out, title: outByDuplicate };
  const { short, name } = splits[split];
  return { split, short, title: sample.fixedSplit ? fixedSplit(name) : name };
}
