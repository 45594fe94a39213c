import controls from "../shared/controls.module.css";
import { count } from "../shared/format.ts";
import { useStore } from "../store/store.ts";
import styles from "./Notices.module.css";

/** How far a project file or a photo set is, among the messages. */
export function FileJob() {
  const job = useStore((state) => state.fileJob);
  const cancel = useStore((state) => state.cancelFileJob);
  if (!job) return null;
  const { label, done, total } = job;
  return (
    <div className={`${styles.notice} ${styles.job}`}>
      <div>
        <p id="file-job">{label}</p>
        <progress aria-labelledby="file-job" max={total || 1} value={total ? done : undefined} />
        <p className={controls.quiet}>{total ? `${count(done)} of ${count(total)} photos` : "Looking …"}</p>
      </div>
      <button type="button" className={controls.button} onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}
