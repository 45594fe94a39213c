import { useEffect } from "react";
import { readiness } from "../../dataset/readiness.ts";
import controls from "../shared/controls.module.css";
import { Standing } from "../shared/Standing.tsx";
import { trainingIn } from "../store/jobs.ts";
import { runInUse } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import { BaseModelPicker } from "./BaseModelPicker.tsx";
import { Course } from "./Course.tsx";
import { SettingsForm } from "./SettingsForm.tsx";
import { TrainingStatus } from "./TrainingStatus.tsx";
import styles from "./TrainPlace.module.css";
import { useSettingDrafts } from "./useSettingDrafts.ts";

export function TrainPlace() {
  const dataset = useStore((state) => state.dataset);
  const hasRun = useStore((state) => runInUse(state) !== undefined);
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const drafts = useSettingDrafts();
  useWarmUp();
  const { ready, problems } = readiness(dataset);
  const next = !ready
    ? ({ text: words.train.addPhotos, place: "Data" } as const)
    : hasRun && idle
      ? ({ text: words.train.seeResult, place: "Evaluate" } as const)
      : null;
  return (
    <>
      <Standing place="Train" next={next} />
      <div className={styles.columns}>
        <div className={styles.settings}>
          <BaseModelPicker />
          <SettingsForm drafts={drafts} disabled={!idle} />
        </div>
        <section className={`${controls.card} ${styles.action}`}>
          <TrainButton blocked={!ready || drafts.problems.length > 0} />
          {problems.map((problem) => {
            const text = sentence(words.data.readiness, problem);
            return (
              <p key={text} className={styles.problem}>
                {text}
              </p>
            );
          })}
          <TrainingStatus />
        </section>
        <div className={styles.course}>
          <Course />
        </div>
      </div>
    </>
  );
}

/** A person who opens this page is about to train. */
function useWarmUp(): void {
  const warmUpBaseModel = useStore((state) => state.warmUpBaseModel);
  const engineIsReady = useStore((state) => state.engine !== null);
  const chosen = useStore((state) => `${state.baseModelId} ${state.settings.inputSize} ${state.settings.pooling}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: prepared again when what is chosen changes
  useEffect(() => {
    if (engineIsReady) warmUpBaseModel();
  }, [engineIsReady, chosen, warmUpBaseModel]);
}

function TrainButton({ blocked }: { blocked: boolean }) {
  const job = useStore((state) => trainingIn(state.jobs));
  const train = useStore((state) => state.train);
  const cancelJob = useStore((state) => state.cancelJob);
  if (!job) {
    return (
      <button
        type="button"
        className={`${controls.button} ${controls.primary} ${styles.train}`}
        disabled={blocked}
        onClick={() => void train()}
      >
        {words.train.start}
      </button>
    );
  }
  return (
    <button
      type="button"
      className={`${controls.button} ${styles.train}`}
      disabled={job.stopping}
      onClick={() => cancelJob(job.id)}
    >
      {job.stopping ? words.train.stopping : words.train.stop}
    </button>
  );
}
