import controls from "./controls.module.css";
import type { Camera } from "./useCamera.ts";

/** Which camera. */
export function CameraChoice({ camera }: { camera: Camera }) {
  return (
    <label className={controls.field}>
      <span>Camera</span>
      <select
        value={camera.deviceId}
        disabled={camera.devices.length === 0}
        onChange={({ currentTarget }) => void camera.start(currentTarget.value)}
      >
        {camera.devices.length === 0 ? <option value="">Default camera</option> : null}
        {camera.devices.map(({ deviceId, label }, index) => (
          <option key={deviceId} value={deviceId}>
            {label || `Camera ${index + 1}`}
          </option>
        ))}
      </select>
    </label>
  );
}
