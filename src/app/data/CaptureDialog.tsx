import { useEffect, useRef, useState } from "react";
import type { PhotoClass } from "../../dataset/dataset.ts";
import { CameraChoice } from "../shared/CameraChoice.tsx";
import controls from "../shared/controls.module.css";
import { RetryButton } from "../shared/RetryButton.tsx";
import { type Camera, useCamera } from "../shared/useCamera.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./CaptureDialog.module.css";
import { CaptureSettings } from "./capture/CaptureSettings.tsx";
import { HoldButton } from "./capture/HoldButton.tsx";
import { RecordingCounts } from "./capture/RecordingCounts.tsx";
import { useRecorder } from "./capture/useRecorder.ts";
import { useTimer } from "./capture/useTimer.ts";
import { shownName } from "./class-name.ts";
import { CameraGuess } from "./quick/CameraGuess.tsx";

/** By the timer. */
const USUAL_SECONDS = 5;

/** Takes photos into a class: while the button is held, one by one, or by the timer. */
export function CaptureDialog({ photoClass, onClose }: { photoClass: PhotoClass; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const camera = useCamera();
  // Until somebody chooses: as in a mirror, but for a camera that looks away from who holds it.
  const [chosen, setMirrored] = useState<boolean | null>(null);
  const mirrored = chosen ?? camera.facing !== "environment";
  const [seconds, setSeconds] = useState(USUAL_SECONDS);
  const recorder = useRecorder(camera, photoClass.id, mirrored);
  const timer = useTimer(recorder, seconds);
  const { start } = camera;

  // Also when its place or its class goes.
  useEffect(() => {
    const element = dialog.current;
    return () => {
      if (!element?.isConnected) useStore.getState().capture(null);
    };
  }, []);
  useEffect(() => {
    dialog.current?.showModal();
    void start();
  }, [start]);

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="capture-title" onClose={onClose}>
      <h2 id="capture-title">{words.capture.title(shownName(photoClass))}</h2>
      <Stage camera={camera} mirrored={mirrored} left={timer.left} />
      <CameraGuess video={camera.video} running={camera.running} mirrored={mirrored} />
      <CameraChoice camera={camera} />
      <RecordingCounts classId={photoClass.id} recorder={recorder} timer={timer} />
      <div className={controls.row}>
        <HoldButton recorder={recorder} disabled={!camera.running || timer.active} />
        <button
          type="button"
          className={controls.button}
          disabled={!camera.running || (recorder.recording && !timer.active)}
          onClick={timer.active ? timer.stop : timer.start}
        >
          {timer.active ? words.capture.timer.stop : words.capture.timer.start}
        </button>
        <button type="button" className={controls.button} onClick={() => dialog.current?.close()}>
          {words.capture.done}
        </button>
      </div>
      <CaptureSettings
        camera={camera}
        mirrored={mirrored}
        seconds={seconds}
        onMirror={setMirrored}
        onSeconds={setSeconds}
      />
    </dialog>
  );
}

/** The picture, or why there is none. @param left seconds until the timer records */
function Stage({ camera, mirrored, left }: { camera: Camera; mirrored: boolean; left: number | null }) {
  return (
    <div className={styles.stage} tabIndex={-1}>
      <video
        ref={camera.video}
        className={mirrored ? `${styles.video} ${styles.mirrored}` : styles.video}
        style={camera.aspect ? { aspectRatio: camera.aspect } : {}}
        playsInline
        muted
        aria-label={words.capture.picture}
      />
      {left === null ? null : (
        <span className={styles.left} aria-hidden="true">
          {words.capture.timer.left(left)}
        </span>
      )}
      {camera.problem && !camera.running ? (
        <div className={controls.row} role="alert">
          <p className={controls.problem}>{camera.problem}</p>
          <RetryButton onRetry={() => void camera.start(camera.deviceId || undefined)} />
        </div>
      ) : null}
    </div>
  );
}
