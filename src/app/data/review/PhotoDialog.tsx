import { useEffect, useRef } from "react";
import type { Sample } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { LargePhoto } from "../../shared/LargePhoto.tsx";
import { words } from "../../words/words.ts";
import styles from "./Suspicions.module.css";

/** One photo, as large as the page allows. */
export function PhotoDialog({ sample, onClose }: { sample: Sample; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={sample.fileName} onClose={onClose}>
      <LargePhoto photo={sample.photo} alt={sample.fileName} sharp />
      <div className={controls.row}>
        <p className={controls.quiet}>
          {words.review.photoSize({ file: sample.fileName, width: sample.width, height: sample.height })}
        </p>
        <button type="button" className={controls.button} onClick={() => dialog.current?.close()}>
          {words.review.close}
        </button>
      </div>
    </dialog>
  );
}
