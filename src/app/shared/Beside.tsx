import { useEffect } from "react";
import type { Spot } from "../store/beside.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Beside.module.css";

/** What is told beside a control: what went wrong until it is mended, news until one leaves. */
export function Beside({ spot }: { spot: Spot }) {
  const told = useStore((state) => state.beside.find((each) => each.spot === spot));
  const isNews = told?.kind === "news";
  const clearBeside = useStore((state) => state.clearBeside);
  useEffect(() => {
    if (isNews) return () => clearBeside(spot);
  }, [isNews, clearBeside, spot]);
  if (!told) return null;
  return (
    <div role={isNews ? "status" : "alert"} className={`${styles.beside} ${isNews ? "" : styles.error}`}>
      <p>{told.text}</p>
      {told.details.length ? (
        <details>
          <summary>{words.shell.notices.details}</summary>
          <ul>
            {told.details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
