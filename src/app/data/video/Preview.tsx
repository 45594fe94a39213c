import { useEffect, useRef } from "react";
import { words } from "../../words/words.ts";
import styles from "./VideoDialog.module.css";

/** A video's first frame. */
export function Preview({ frame }: { frame: ImageBitmap | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!frame || !canvas.current) return;
    canvas.current.width = frame.width;
    canvas.current.height = frame.height;
    canvas.current.getContext("2d")?.drawImage(frame, 0, 0);
  }, [frame]);
  return <canvas ref={canvas} className={styles.preview} role="img" aria-label={words.video.firstFrame} />;
}
