import { CalmSelect } from "../../shared/CalmSelect.tsx";
import controls from "../../shared/controls.module.css";
import { Fold } from "../../shared/Fold.tsx";
import type { Camera } from "../../shared/useCamera.ts";
import { words } from "../../words/words.ts";
import styles from "../CaptureDialog.module.css";

const text = words.capture;
/** Of a recording by the timer. */
const TIMED_SECONDS: readonly number[] = [2, 5, 10];

interface CaptureSettingsProps {
  readonly camera: Camera;
  readonly mirrored: boolean;
  readonly seconds: number;
  onMirror(mirrored: boolean): void;
  onSeconds(seconds: number): void;
}

export function CaptureSettings({ camera, mirrored, seconds, onMirror, onSeconds }: CaptureSettingsProps) {
  return (
    <Fold name="camera" summary={text.settings}>
      <div className={styles.settings}>
        <CalmSelect
          className={controls.field}
          label={text.resolution}
          value={`${camera.width}`}
          disabled={!camera.running}
          onChoose={(width) => camera.chooseWidth(Number(width))}
        >
          {camera.widths.map((width) => (
            <option key={width} value={width}>
              {text.pixelsWide(width)}
            </option>
          ))}
        </CalmSelect>
        <label className={controls.field}>
          <span>{text.timer.seconds}</span>
          <select value={seconds} onChange={({ currentTarget }) => onSeconds(Number(currentTarget.value))}>
            {TIMED_SECONDS.map((each) => (
              <option key={each} value={each}>
                {text.timer.for(each)}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.check}>
          <input type="checkbox" checked={mirrored} onChange={({ currentTarget }) => onMirror(currentTarget.checked)} />
          {text.mirror}
        </label>
      </div>
    </Fold>
  );
}
