import { useEffect } from "react";
import { Beside } from "../shared/Beside.tsx";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { JobsOf } from "../shared/JobProgress.tsx";
import { Standing } from "../shared/Standing.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { BatchResults } from "./batch/BatchResults.tsx";
import { LiveCamera } from "./LiveCamera.tsx";
import { Predictions } from "./Predictions.tsx";
import styles from "./UsePlace.module.css";

const text = words.use;

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
        <Standing place="Use" next={{ text: text.trainFirst, place: "Train" }} />
        <p className={`${controls.empty} ${controls.quiet}`}>{text.empty}</p>
      </>
    );
  }
  return (
    <>
      <Standing place="Use" next={{ text: text.next, place: "Export" }} />
      <div className={styles.columns}>
        <LiveCamera />
        <section className={`${controls.card} ${styles.photos}`} aria-labelledby="photos-title">
          <h2 id="photos-title">{text.photos.title}</h2>
          <p className={controls.quiet}>{text.photos.advice}</p>
          <div className={controls.row}>
            <FileButton label={text.photos.choose} primary onFiles={(files) => void classifyFiles(files)} />
            <FileButton label={words.batch.folder} folders onFiles={(files) => void classifyFiles(files)} />
          </div>
          <Beside spot="classify" />
          <JobsOf tasks={["classify"]} place="Use" />
          <Predictions />
        </section>
      </div>
      <BatchResults />
    </>
  );
}
