import { useEffect, useRef } from "react";
import controls from "../shared/controls.module.css";
import type { State } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./ErasedPage.module.css";

const text = words.erasing;

/** All that is left of the page when everything was removed: what that was, and the way to begin anew. */
export function ErasedPage({ erased }: { erased: NonNullable<State["erased"]> }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className={styles.page} aria-labelledby="erased">
      <div className={controls.empty}>
        <h1 id="erased" ref={heading} tabIndex={-1}>
          {text.title(erased)}
        </h1>
        <p role="status" className={controls.quiet}>
          {text.removed(erased)}
        </p>
        <div>
          <button type="button" className={`${controls.button} ${controls.primary}`} onClick={() => location.reload()}>
            {text.startAnew}
          </button>
        </div>
      </div>
    </main>
  );
}
