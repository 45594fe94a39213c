import { useEffect, useRef } from "react";
import type { Sample } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { LargePhoto } from "../../shared/LargePhoto.tsx";
import styles from "./Suspicions.module.css";

/** One photo as large as the page. */
export function PhotoDialog({ sample, onClose }: { sample: Sample; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={sample.fileName} onClose={onClose}>
      <LargePhoto photo={sample.photo} alt={sample.fileName} sharp />
      <div className={controls.row}>
        <p className={controls.quiet}>
          {sample.fileName}, {sample.width} × {sample.height} pixels
        </p>
        <button type="button" className={controls.button} onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}
