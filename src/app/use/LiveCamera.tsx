import { useState } from "react";
import { ranked } from "../../evaluation/live.ts";
import { Bars } from "../shared/Bars.tsx";
import { Beside } from "../shared/Beside.tsx";
import { CameraChoice } from "../shared/CameraChoice.tsx";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { useCamera } from "../shared/useCamera.ts";
import { HeatOverlay } from "../shared/why/HeatOverlay.tsx";
import { WhyNote, WhySwitch } from "../shared/why/WhyNote.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./UsePlace.module.css";
import { useClassesInUse } from "./useClassesInUse.ts";
import { useLivePrediction } from "./useLivePrediction.ts";

const text = words.use.camera;

/** @param className of the place that is said; none stands behind the classes for “none of these” */
function aloud(className: string | undefined, probability: number): string {
  return className === undefined ? words.use.noneOfThese : text.predicted({ className, probability });
}

export function LiveCamera() {
  const classes = useClassesInUse();
  const camera = useCamera();
  // Until somebody chooses: as in a mirror, but for a camera that looks away from who holds it.
  const [chosen, setMirrored] = useState<boolean | null>(null);
  const mirrored = chosen ?? camera.facing !== "environment";
  const showWhy = useStore((state) => state.showWhy);
  const live = useLivePrediction(camera.video, camera.running, mirrored, showWhy);
  const [best] = live ? ranked(live.probabilities, classes.classNames) : [];
  const said = live?.said;
  const rejects = useStore((state) => state.classifier?.rejects === true);
  const answer = `${styles.answer} ${live?.isUnknown ? styles.doubted : ""}`;
  return (
    <section className={`${controls.card} ${styles.camera}`} aria-labelledby="camera-title">
      <h2 id="camera-title">{text.title}</h2>
      <div className={styles.stage} style={camera.aspect ? { aspectRatio: camera.aspect } : {}}>
        <video
          ref={camera.video}
          hidden={!camera.running}
          className={mirrored ? styles.mirrored : ""}
          playsInline
          muted
          aria-label={text.picture}
        />
        {live?.explanation ? <HeatOverlay explanation={live.explanation} /> : null}
        {camera.running ? null : <p>{camera.problem ?? text.advice}</p>}
      </div>
      <Beside spot="camera" />
      {/* What is seen changes with every frame; what is heard only with the class. */}
      <p role="status" aria-label={text.prediction} aria-live="off" className={answer}>
        {best ? text.predicted(best) : ""}
      </p>
      {live && rejects ? (
        <p className={styles.none}>
          {live.isUnknown ? (
            <>
              <strong>{words.use.noneOfThese}</strong> {text.unlikeAll}
            </>
          ) : null}
        </p>
      ) : null}
      <p aria-live="polite" className={controls.hidden}>
        {said ? aloud(classes.classNames[said.place], said.probability) : ""}
      </p>
      {live ? <Bars probabilities={live.probabilities} {...classes} order="fixed" /> : null}
      {live?.explanation ? <WhyNote explanation={live.explanation} /> : null}
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
        <WhySwitch />
      </div>
      <p className={`${controls.quiet} ${styles.rate}`}>{live ? text.rate(live.framesPerSecond) : ""}</p>
    </section>
  );
}
