import { useObjectUrl } from "../../shared/useObjectUrl.ts";
import { words } from "../../words/words.ts";
import styles from "./VideoDialog.module.css";

/** A video's first frame. */
export function Preview({ blob }: { blob: Blob }) {
  const url = useObjectUrl(blob);
  return (
    <video
      className={styles.preview}
      {...(url ? { src: url } : {})}
      preload="auto"
      playsInline
      muted
      aria-label={words.video.firstFrame}
    />
  );
}
