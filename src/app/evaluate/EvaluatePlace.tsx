import { useEffect } from "react";
import type { Run } from "../../project/run.ts";
import { hashOf } from "../places.ts";
import controls from "../shared/controls.module.css";
import { Standing } from "../shared/Standing.tsx";
import { keptRuns, shownRun } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { BetterBase } from "./BetterBase.tsx";
import styles from "./EvaluatePlace.module.css";
import { MorePhotos } from "./MorePhotos.tsx";
import { Report } from "./Report.tsx";

export function EvaluatePlace() {
  const run = useStore(shownRun);
  const classifier = useStore((state) => state.classifier);
  if (!run) {
    return (
      <>
        <Standing place="Evaluate" next={classifier ? null : { text: words.evaluate.trainFirst, place: "Train" }} />
        <p className={`${controls.empty} ${controls.quiet}`}>
          {classifier ? words.evaluate.fromElsewhere : words.evaluate.nothingYet}
        </p>
        <AllRuns />
      </>
    );
  }
  return (
    <>
      <Standing place="Evaluate" next={{ text: words.evaluate.useIt, place: "Use" }} />
      {classifier?.runId === run.id ? null : (
        <p className={styles.earlier}>
          <strong>{words.evaluate.shownRun(run.finishedAt)}</strong> {words.evaluate.notInUse}
        </p>
      )}
      <BetterBase run={run} />
      <ReportOf key={run.id} run={run} />
      <MorePhotos />
      <AllRuns />
    </>
  );
}

/** Where runs are compared, once there is one. */
function AllRuns() {
  const some = useStore((state) => keptRuns(state.runs).length > 0);
  return some ? (
    <p className={styles.all}>
      <a className={controls.button} href={hashOf("Train", "runs")}>
        {words.evaluate.allRuns}
      </a>{" "}
      <a className={controls.button} href={hashOf("Use")}>
        {words.batch.evaluateOthers}
      </a>
    </p>
  ) : null;
}

/** Worked out from what the run keeps of its test photos. */
function ReportOf({ run }: { run: Run }) {
  const loaded = useStore((state) => (state.report?.run === run.id ? state.report : null));
  const loadReport = useStore((state) => state.loadReport);
  useEffect(() => {
    if (!loaded) void loadReport(run.id);
  }, [run.id, loaded, loadReport]);
  const note = !loaded ? words.evaluate.workingOut : loaded.report ? null : words.evaluate.notKept;
  if (note !== null) return <p className={`${controls.empty} ${controls.quiet}`}>{note}</p>;
  return loaded?.report ? <Report run={run} report={loaded.report} /> : null;
}
