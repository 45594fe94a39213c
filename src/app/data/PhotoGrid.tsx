import { type KeyboardEvent, useState } from "react";
import type { ClassId, PhotoId, Sample } from "../../dataset/dataset.ts";
import controls from "../shared/controls.module.css";
import { count, plural } from "../shared/format.ts";
import { Thumbnail } from "../shared/Thumbnail.tsx";
import { useStore } from "../store/store.ts";
import styles from "./PhotoGrid.module.css";

const SHOWN_AT_FIRST = 24;
const SHOWN_MORE = 240;

/** A class's photos. Select by click or Space (with Shift or Ctrl for several), then delete or move. */
export function PhotoGrid({ samples, classId }: { samples: readonly Sample[]; classId: ClassId }) {
  const [limit, setLimit] = useState(SHOWN_AT_FIRST);
  const [selected, setSelected] = useState<ReadonlySet<PhotoId>>(new Set());
  const [anchor, setAnchor] = useState(0);
  const present = new Set([...selected].filter((photo) => samples.some((sample) => sample.photo === photo)));
  const shown = samples.slice(0, limit);

  const toggle = (at: number, range: boolean) => {
    const next = new Set(present);
    const [from, to] = range ? [Math.min(anchor, at), Math.max(anchor, at)] : [at, at];
    for (const { photo } of samples.slice(from, to + 1)) {
      if (!range && next.has(photo)) next.delete(photo);
      else next.add(photo);
    }
    setAnchor(at);
    setSelected(next);
  };

  if (samples.length === 0) {
    return <p className={controls.quiet}>Drop photos here, paste them, or capture some from the camera.</p>;
  }
  return (
    <div className={styles.wrap}>
      <ul className={styles.grid}>
        {shown.map(({ photo, fileName }, at) => (
          <li key={photo}>
            <button
              type="button"
              className={styles.photo}
              aria-pressed={present.has(photo)}
              aria-label={fileName}
              title={fileName}
              onClick={({ shiftKey }) => toggle(at, shiftKey)}
              onKeyDown={(event) => moveFocus(event)}
            >
              <Thumbnail photo={photo} alt="" />
            </button>
          </li>
        ))}
      </ul>
      {samples.length > limit ? (
        <button type="button" className={controls.button} onClick={() => setLimit(limit + SHOWN_MORE)}>
          Show more ({count(samples.length - limit)})
        </button>
      ) : null}
      {present.size ? <Selection photos={present} classId={classId} /> : null}
    </div>
  );
}

function Selection({ photos, classId }: { photos: ReadonlySet<PhotoId>; classId: ClassId }) {
  const classes = useStore((state) => state.dataset.classes);
  const deletePhotos = useStore((state) => state.deletePhotos);
  const movePhotos = useStore((state) => state.movePhotos);
  return (
    <div className={styles.selection}>
      <span>{plural(photos.size, "photo")} selected</span>
      {classes.length > 1 ? (
        <select aria-label="Move to" value="" onChange={({ currentTarget }) => movePhotos(photos, currentTarget.value)}>
          <option value="" disabled>
            Move to …
          </option>
          {classes
            .filter(({ id }) => id !== classId)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </select>
      ) : null}
      <button type="button" className={`${controls.button} ${controls.danger}`} onClick={() => deletePhotos(photos)}>
        Delete photos
      </button>
    </div>
  );
}

/** Arrow keys walk through the photos. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const item = event.currentTarget.parentElement;
  const neighbour = step > 0 ? item?.nextElementSibling : item?.previousElementSibling;
  neighbour?.querySelector("button")?.focus();
}
