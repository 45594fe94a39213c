import { words } from "../words/words.ts";
import { CalmSelect } from "./CalmSelect.tsx";
import styles from "./CameraChoice.module.css";
import controls from "./controls.module.css";
import { Icon } from "./Icon.tsx";
import type { Camera } from "./useCamera.ts";

const text = words.shared.camera;

/** Asks which camera; the other one is a tap away. */
export function CameraChoice({ camera }: { camera: Camera }) {
  return (
    <div className={styles.choice}>
      <CalmSelect
        className={controls.field}
        label={text.choice}
        value={camera.deviceId}
        disabled={camera.devices.length === 0}
        onChoose={(id) => void camera.start(id)}
      >
        {camera.devices.length === 0 ? <option value="">{text.default}</option> : null}
        {camera.devices.map(({ deviceId, label }, index) => (
          <option key={deviceId} value={deviceId}>
            {label || text.numbered(index + 1)}
          </option>
        ))}
      </CalmSelect>
      {camera.flip ? (
        <button type="button" className={controls.button} onClick={() => void camera.flip?.()}>
          <Icon name="turn" />
          {text.flip}
        </button>
      ) : null}
    </div>
  );
}
