import { Beside } from "../shared/Beside.tsx";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./ExportPlace.module.css";

export function SavedModels() {
  const saved = useStore((state) => state.saved);
  const openSaved = useStore((state) => state.openSaved);
  const deleteSaved = useStore((state) => state.deleteSaved);
  return (
    <section className={`${controls.card} ${styles.section} ${styles.wide}`}>
      <h2 id="saved-title">{words.exports.savedTitle}</h2>
      {saved.length ? null : <p className={controls.quiet}>{words.exports.noneSaved}</p>}
      <Beside spot="saved-models" />
      <ul aria-labelledby="saved-title" className={styles.saved}>
        {saved.map(({ id, summary, savedAt, bytes }) => (
          <li key={id}>
            <div id={`saved-${id}`}>
              <strong>{summary.name}</strong>
              <p className={controls.quiet}>{words.exports.savedFacts(summary.classNames, bytes, savedAt)}</p>
            </div>
            <div className={controls.row}>
              <button
                type="button"
                className={controls.button}
                aria-describedby={`saved-${id}`}
                onClick={() => void openSaved(id)}
              >
                {words.exports.open}
              </button>
              <button
                type="button"
                className={`${controls.button} ${controls.plain} ${controls.danger}`}
                aria-describedby={`saved-${id}`}
                onClick={() => void deleteSaved(id)}
              >
                {words.exports.delete}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
