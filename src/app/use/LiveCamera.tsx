import { useState } from "react";
import { ranked } from "../../evaluation/live.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import { Beside } from "../shared/Beside.tsx";
import { CameraChoice } from "../shared/CameraChoice.tsx";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { useCamera } from "../shared/useCamera.ts";
import { words } from "../words/words.ts";
import { Bars } from "./Bars.tsx";
import styles from "./UsePlace.module.css";
import { useLivePrediction } from "./useLivePrediction.ts";

const text = words.use.camera;

export function LiveCamera({ classifier }: { classifier: ClassifierSummary }) {
  const camera = useCamera();
  const [mirrored, setMirrored] = useState(true);
  const live = useLivePrediction(camera.video, camera.running, mirrored);
  const [best] = live ? ranked(live.probabilities, classifier.classNames) : [];
  return (
    <section className={`${controls.card} ${styles.camera}`} aria-labelledby="camera-title">
      <h2 id="camera-title">{text.title}</h2>
      <div className={styles.stage}>
        <video
          ref={camera.video}
          hidden={!camera.running}
          className={mirrored ? styles.mirrored : ""}
          playsInline
          muted
          aria-label={text.picture}
        />
        {camera.running ? null : <p>{camera.problem ?? text.advice}</p>}
      </div>
      <Beside spot="camera" />
      <p role="status" aria-label={text.prediction} className={styles.answer}>
        {best ? text.predicted(best) : ""}
      </p>
      {live ? <Bars probabilities={live.probabilities} classNames={classifier.classNames} order="fixed" /> : null}
      <div className={styles.controls}>
        {camera.running ? (
          <button type="button" className={controls.button} onClick={camera.stop}>
            {text.stop}
          </button>
        ) : (
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            onClick={() => void camera.start(camera.deviceId || undefined)}
          >
            <Icon name="camera" />
            {text.start}
          </button>
        )}
        <CameraChoice camera={camera} />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={mirrored}
            onChange={({ currentTarget }) => setMirrored(currentTarget.checked)}
          />
          {text.mirror}
        </label>
      </div>
      <p className={`${controls.quiet} ${styles.rate}`}>{live ? text.rate(live.framesPerSecond) : ""}</p>
    </section>
  );
}
