import { classColour } from "../../shared/class-colour.ts";
import controls from "../../shared/controls.module.css";
import type { BatchPhoto } from "../../store/batch.ts";
import { sentence } from "../../words/faults.ts";
import { words } from "../../words/words.ts";
import { useClassesInUse } from "../useClassesInUse.ts";
import { AddToClass } from "./AddToClass.tsx";
import styles from "./Batch.module.css";
import { BatchThumbnail } from "./BatchThumbnail.tsx";
import { isMisjudged, isUnknown, predictionOf } from "./rows.ts";

const text = words.batch;

interface BatchRowProps {
  readonly photo: BatchPhoto;
  /** Its place among the rows, from 0. */
  readonly at: number;
  /** Whether there is a column for the photos' own classes. */
  readonly hasOwn: boolean;
  onEnlarge(id: number): void;
}

export function BatchRow({ photo, at, hasOwn, onEnlarge }: BatchRowProps) {
  const { classNames, colours } = useClassesInUse();
  const { id, path, fileName, actual, className, outcome } = photo;
  const predicted = predictionOf(photo);
  const wrong = isMisjudged(photo);
  return (
    <tr aria-rowindex={at + 2} className={wrong ? styles.wrong : undefined}>
      <th scope="row">
        <span className={styles.file}>
          {"fault" in outcome ? (
            <span className={styles.picture} />
          ) : (
            <button
              type="button"
              id={batchButtonId(id)}
              className={styles.picture}
              aria-label={words.shared.viewer.enlarge(path)}
              onClick={() => onEnlarge(id)}
            >
              <BatchThumbnail id={id} />
            </button>
          )}
          <span className={styles.name} title={path}>
            {fileName}
          </span>
        </span>
      </th>
      {predicted ? (
        <>
          <td>
            {isUnknown(photo) ? <strong className={styles.unknown}>{words.use.noneOfThese}</strong> : null}
            <span className={styles.class} title={classNames[predicted.place]}>
              <span
                className={styles.dot}
                style={{ background: classColour({ colour: colours[predicted.place] ?? 0 }) }}
              />
              {classNames[predicted.place]}
            </span>
            {wrong ? <span className={styles.mark}> {text.wrong}</span> : null}
          </td>
          <td className={styles.number}>{text.percent(predicted.probability)}</td>
        </>
      ) : (
        <td colSpan={2} className={styles.problem}>
          <span className={controls.problem} title={problemOf(photo)}>
            {problemOf(photo)}
          </span>
        </td>
      )}
      {hasOwn ? <td>{(actual === null ? className : classNames[actual]) ?? text.none}</td> : null}
      <td>{predicted ? <AddToClass photo={photo} /> : null}</td>
    </tr>
  );
}

/** Of the button that enlarges a photo. */
export function batchButtonId(id: number): string {
  return `batch-${id}`;
}

function problemOf({ outcome }: BatchPhoto): string {
  return "fault" in outcome ? sentence(words.faults, outcome.fault) : "";
}
