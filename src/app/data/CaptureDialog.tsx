import { useEffect, useRef, useState } from "react";
import type { PhotoClass } from "../../dataset/dataset.ts";
import { CameraChoice } from "../shared/CameraChoice.tsx";
import controls from "../shared/controls.module.css";
import { useCamera } from "../shared/useCamera.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./CaptureDialog.module.css";
import { shownName } from "./class-name.ts";
import { CameraGuess } from "./quick/CameraGuess.tsx";

const PHOTO_EVERY_MS = 100;

/** Takes photos into a class while the button is held. */
export function CaptureDialog({ photoClass, onClose }: { photoClass: PhotoClass; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const camera = useCamera();
  const [recording, setRecording] = useState(false);
  const taken = useRecording(recording && camera.running, camera.video, photoClass);
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

  const hold = () => setRecording(true);
  const release = () => setRecording(false);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="capture-title" onClose={onClose}>
      <h2 id="capture-title">{words.capture.title(shownName(photoClass))}</h2>
      <video
        ref={camera.video}
        className={camera.facing === "environment" ? styles.video : `${styles.video} ${styles.mirrored}`}
        style={camera.aspect ? { aspectRatio: camera.aspect } : {}}
        playsInline
        muted
        aria-label={words.capture.picture}
      />
      {camera.problem ? <p className={controls.problem}>{camera.problem}</p> : null}
      <CameraGuess video={camera.video} running={camera.running} />
      <CameraChoice camera={camera} />
      <p className={controls.quiet}>{taken ? words.capture.taken(taken) : words.capture.hint}</p>
      {/* Said once the button is let go, not with each photo. */}
      <p role="status" className={controls.hidden}>
        {taken && !recording ? words.capture.taken(taken) : ""}
      </p>
      <div className={controls.row}>
        <button
          type="button"
          className={`${controls.button} ${controls.primary} ${styles.hold}`}
          disabled={!camera.running}
          onPointerDown={({ currentTarget, pointerId }) => {
            // Whatever moves meanwhile, it is held until it is let go.
            currentTarget.setPointerCapture(pointerId);
            hold();
          }}
          onPointerUp={release}
          onPointerLeave={release}
          onPointerCancel={release}
          onKeyDown={({ key }) => (key === " " || key === "Enter") && hold()}
          onKeyUp={release}
          onBlur={release}
        >
          {recording ? words.capture.recording : words.capture.hold}
        </button>
        <button type="button" className={controls.button} onClick={() => dialog.current?.close()}>
          {words.capture.done}
        </button>
      </div>
    </dialog>
  );
}

/** Takes a photo every tenth of a second while `active`, fewer on a slow machine. @returns how many it has taken */
function useRecording(
  active: boolean,
  video: React.RefObject<HTMLVideoElement | null>,
  photoClass: PhotoClass,
): number {
  const [taken, setTaken] = useState(0);
  const session = useRef(0);
  const remember = useStore((state) => state.remember);
  const captureFrame = useStore((state) => state.captureFrame);
  const attempt = useStore((state) => state.attempt);
  useEffect(() => {
    if (!active) return;
    remember({ did: "take-photos" });
    const burst = crypto.randomUUID();
    let busy = false;
    const timer = setInterval(() => {
      const source = video.current;
      if (busy || !source || source.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
      busy = true;
      session.current += 1;
      const fileName = `camera-${Date.now()}-${session.current}.jpg`;
      void attempt(async () => {
        await captureFrame(await createImageBitmap(source), photoClass.id, fileName, burst);
        setTaken((before) => before + 1);
        // That moment will not come again.
      }, null).then(() => {
        busy = false;
      });
    }, PHOTO_EVERY_MS);
    return () => clearInterval(timer);
  }, [active, video, photoClass.id, remember, captureFrame, attempt]);
  return taken;
}
