import { useEffect } from "react";
import { readiness } from "../../dataset/readiness.ts";
import { hashOf, useViewName } from "../places.ts";
import { Standing } from "../shared/Standing.tsx";
import { type Tab, Tabs } from "../shared/Tabs.tsx";
import { trainingIn } from "../store/jobs.ts";
import { runInUse } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { BaseModelPicker } from "./BaseModelPicker.tsx";
import { Course } from "./Course.tsx";
import { RunsTab } from "./runs/RunsTab.tsx";
import { SettingsForm } from "./SettingsForm.tsx";
import { TrainAction } from "./TrainAction.tsx";
import styles from "./TrainPlace.module.css";
import { TuneTab } from "./tune/TuneTab.tsx";
import { useSettingDrafts } from "./useSettingDrafts.ts";

const TABS = [
  { name: "", label: words.train.tabs.train },
  { name: "runs", label: words.train.tabs.runs },
  { name: "tune", label: words.train.tabs.tune },
] as const satisfies readonly Tab<string>[];

const show = (view: string) => {
  location.hash = hashOf("Train", view);
};

export function TrainPlace() {
  const named = useViewName();
  const view = TABS.find(({ name }) => name === named)?.name ?? "";
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
      <Tabs label={words.train.tabs.label} tabs={TABS} chosen={view} onChoose={show}>
        {view === "runs" ? (
          <RunsTab />
        ) : view === "tune" ? (
          <TuneTab problems={problems} />
        ) : (
          <>
            <TrainAction problems={problems} isSettingWrong={drafts.problems.length > 0} />
            <div className={styles.columns}>
              <div className={styles.settings}>
                <BaseModelPicker />
                <SettingsForm drafts={drafts} disabled={!idle} />
              </div>
              <div className={styles.course}>
                <Course />
              </div>
            </div>
          </>
        )}
      </Tabs>
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
