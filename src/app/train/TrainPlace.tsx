import { useEffect } from "react";
import { readiness } from "../../dataset/readiness.ts";
import controls from "../shared/controls.module.css";
import { Standing } from "../shared/Standing.tsx";
import { useStore } from "../store/store.ts";
import { BaseModelPicker } from "./BaseModelPicker.tsx";
import { Course } from "./Course.tsx";
import { SettingsForm } from "./SettingsForm.tsx";
import { TrainingStatus } from "./TrainingStatus.tsx";
import styles from "./TrainPlace.module.css";
import { useSettingDrafts } from "./useSettingDrafts.ts";

export function TrainPlace() {
  const dataset = useStore((state) => state.dataset);
  const hasRun = useStore((state) => state.lastRun !== null);
  const idle = useStore((state) => state.activity.kind === "idle");
  const drafts = useSettingDrafts();
  useWarmUp();
  const { ready, problems } = readiness(dataset);
  const next = !ready
    ? ({ text: "Add photos", place: "Data" } as const)
    : hasRun && idle
      ? ({ text: "See how good it is", place: "Evaluate" } as const)
      : null;
  return (
    <>
      <Standing title="Train" next={next} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <BaseModelPicker />
          <SettingsForm drafts={drafts} disabled={!idle} />
        </div>
        <div className={styles.column}>
          <section className={controls.card}>
            <TrainButton blocked={!ready || drafts.problems.length > 0} />
            {problems.map((problem) => (
              <p key={problem} className={styles.problem}>
                {problem}
              </p>
            ))}
            <TrainingStatus />
          </section>
          <Course />
        </div>
      </div>
    </>
  );
}

/** Whoever looks at this page is about to train. */
function useWarmUp(): void {
  const warmUpBaseModel = useStore((state) => state.warmUpBaseModel);
  const engineIsReady = useStore((state) => state.engine !== null);
  const chosen = useStore((state) => `${state.baseModelId} ${state.settings.inputSize} ${state.settings.pooling}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: readied anew when what is chosen changes
  useEffect(() => {
    if (engineIsReady) warmUpBaseModel();
  }, [engineIsReady, chosen, warmUpBaseModel]);
}

function TrainButton({ blocked }: { blocked: boolean }) {
  const activity = useStore((state) => state.activity);
  const train = useStore((state) => state.train);
  const stop = useStore((state) => state.stop);
  if (activity.kind === "idle") {
    return (
      <button
        type="button"
        className={`${controls.button} ${controls.primary} ${styles.train}`}
        disabled={blocked}
        onClick={() => void train()}
      >
        Train
      </button>
    );
  }
  const stopping = activity.kind === "training" && activity.stopping;
  return (
    <button type="button" className={`${controls.button} ${styles.train}`} disabled={stopping} onClick={stop}>
      {stopping ? "Stopping …" : "Stop"}
    </button>
  );
}
