import { useMemo } from "react";
import { Thumbnail } from "../../shared/Thumbnail.tsx";
import { mayGuess, quickNow } from "../../store/quick.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { GuessLine } from "./GuessLine.tsx";
import styles from "./Quick.module.css";

/** What the photo added last would have been called before its class was known. Its room is there before it is. */
export function NewestGuess() {
  const newest = useStore((state) => quickNow(state)?.newest ?? null);
  const samples = useStore((state) => state.dataset.samples);
  const isKept = useMemo(
    () => newest !== null && samples.some(({ photo }) => photo === newest.photo),
    [samples, newest],
  );
  const answers = useStore((state) => quickNow(state) !== null);
  const mayCome = useStore(mayGuess);
  const preparesAhead = useStore((state) => state.preparesAhead);
  const capturing = useStore((state) => state.capturing !== null);
  if (!preparesAhead) return null;
  // The camera's dialog has a guess of its own.
  const shown = isKept && !capturing ? newest : null;
  return (
    <div className={styles.newest}>
      {shown ? (
        <span className={styles.thumbnail}>
          <Thumbnail photo={shown.photo} alt="" />
        </span>
      ) : null}
      {mayCome && !answers ? <p className={styles.label}>{words.quick.when}</p> : null}
      {capturing ? null : (
        <GuessLine answer={shown?.answer ?? null} of="newest" label={words.quick.newest} awaited={false} />
      )}
    </div>
  );
}
