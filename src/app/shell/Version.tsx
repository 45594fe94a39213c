import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Version.module.css";

/** Whether the app works offline; a new version, when there is one. */
export function Version() {
  const offline = useStore((state) => state.offline);
  const newVersion = useStore((state) => state.newVersion);
  const takeNewVersion = useStore((state) => state.takeNewVersion);
  const text = words.version;
  const state = offline === "ready" ? text.worksOffline : (offline?.problem ?? "");
  return (
    <div className={styles.version}>
      <p role="status" aria-label={text.label}>
        {newVersion ? text.newOne : state}
      </p>
      {newVersion ? (
        <button type="button" className={controls.button} onClick={() => void takeNewVersion()}>
          {text.use}
        </button>
      ) : null}
    </div>
  );
}
