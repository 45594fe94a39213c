import { Thumbnail } from "../../shared/Thumbnail.tsx";
import { quickNow } from "../../store/quick.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { GuessLine } from "./GuessLine.tsx";
import styles from "./Quick.module.css";

/** What the photo added last would have been called before its class was known. */
export function NewestGuess() {
  const newest = useStore((state) => quickNow(state)?.newest ?? null);
  const isKept = useStore((state) => state.dataset.samples.some(({ photo }) => photo === newest?.photo));
  const capturing = useStore((state) => state.capturing);
  // The camera's dialog has a guess of its own.
  if (capturing) return null;
  const shown = isKept ? newest : null;
  return (
    <div className={shown ? styles.newest : undefined}>
      {shown ? (
        <span className={styles.thumbnail}>
          <Thumbnail photo={shown.photo} alt="" />
        </span>
      ) : null}
      <GuessLine answer={shown?.answer ?? null} of="newest" label={words.quick.newest} />
    </div>
  );
}
