import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Notices.module.css";

/** Messages. Errors stay until they are dismissed; news disappears by itself. */
export function Notices() {
  const notices = useStore((state) => state.notices);
  const dismiss = useStore((state) => state.dismiss);
  return (
    <div className={styles.notices} data-passing="">
      {notices.map(({ id, kind, text, details, action }) => (
        <div
          key={id}
          role={kind === "error" ? "alert" : "status"}
          className={`${styles.notice} ${kind === "error" ? styles.error : ""}`}
        >
          <div>
            <p>{text}</p>
            {details.length ? (
              <details>
                <summary>{words.shell.notices.details}</summary>
                <ul>
                  {details.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </details>
            ) : null}
            {action ? (
              <button
                type="button"
                className={`${controls.button} ${styles.action}`}
                onClick={() => {
                  dismiss(id);
                  action.run();
                }}
              >
                {action.label}
              </button>
            ) : null}
          </div>
          <button
            type="button"
            className={`${controls.button} ${controls.plain} ${controls.icon}`}
            aria-label={words.shell.notices.dismiss}
            onClick={() => dismiss(id)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
