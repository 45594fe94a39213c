import { useEffect } from "react";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Standing } from "../shared/Standing.tsx";
import { useStore } from "../store/store.ts";
import { LiveCamera } from "./LiveCamera.tsx";
import { Predictions } from "./Predictions.tsx";
import styles from "./UsePlace.module.css";

export function UsePlace() {
  const classifier = useStore((state) => state.classifier);
  const classifyFiles = useStore((state) => state.classifyFiles);
  const warmUpClassifier = useStore((state) => state.warmUpClassifier);
  useEffect(() => {
    if (classifier) warmUpClassifier();
  }, [classifier, warmUpClassifier]);
  if (!classifier) {
    return (
      <>
        <Standing title="Use" next={{ text: "Train first", place: "Train" }} />
        <p className={`${controls.empty} ${controls.quiet}`}>
          Here a trained classifier names new photos and what the camera sees. Train one, or open one on the Export
          page.
        </p>
      </>
    );
  }
  return (
    <>
      <Standing title="Use" next={{ text: "Take it away", place: "Export" }} />
      <div className={styles.columns}>
        <LiveCamera classifier={classifier} />
        <section className={`${controls.card} ${styles.photos}`} aria-labelledby="photos-title">
          <h2 id="photos-title">Photos</h2>
          <p className={controls.quiet}>Choose photos, or drop or paste them anywhere on this page.</p>
          <div>
            <FileButton
              label="Classify photos"
              accept="image/*"
              primary
              onFiles={(files) => void classifyFiles(files)}
            />
          </div>
          <Predictions classifier={classifier} />
        </section>
      </div>
    </>
  );
}
