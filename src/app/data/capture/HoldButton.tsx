import controls from "../../shared/controls.module.css";
import { words } from "../../words/words.ts";
import styles from "../CaptureDialog.module.css";
import type { Recorder } from "./useRecorder.ts";

/** Records while it is held, by pointer or key. A tap, however short, and a click by an aid that has no hold take one photo. */
export function HoldButton({ recorder, disabled }: { recorder: Recorder; disabled: boolean }) {
  const { recording, start, stop } = recorder;
  const isHold = (key: string) => key === " " || key === "Enter";
  return (
    <button
      type="button"
      className={`${controls.button} ${controls.primary} ${styles.hold}`}
      disabled={disabled}
      onPointerDown={({ currentTarget, pointerId, button }) => {
        if (button !== 0) return;
        // Whatever moves meanwhile, it is held until it is let go.
        currentTarget.setPointerCapture(pointerId);
        start();
      }}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      onKeyDown={(event) => {
        if (!isHold(event.key)) return;
        // It would click as well.
        event.preventDefault();
        if (!event.repeat) start();
      }}
      onKeyUp={(event) => {
        if (!isHold(event.key)) return;
        event.preventDefault();
        stop();
      }}
      onClick={({ detail }) => {
        // A pointer's click has a count, and has recorded already.
        if (detail > 0) return;
        start();
        stop();
      }}
      onBlur={stop}
    >
      {recording ? words.capture.recording : words.capture.hold}
    </button>
  );
}
