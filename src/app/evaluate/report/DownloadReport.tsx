import packages from "../../../../package.json" with { type: "json" };
import type { Run } from "../../../project/run.ts";
import { runNumbers } from "../../../project/run-numbers.ts";
import type { ReportFormat } from "../../../worker/protocol/index.ts";
import controls from "../../shared/controls.module.css";
import { hasValidation } from "../../store/measures.ts";
import { saveFile } from "../../store/save-file.ts";
import { classNamesOf } from "../../store/selectors.ts";
import { headstart, useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { buildReport } from "./build.ts";

/** Of more classes, curves in one picture are not told apart. */
const MOST_CURVES = 8;

/** The run's report as a page, or as numbers. */
export function DownloadReport({ run }: { run: Run }) {
  const attempt = useStore((state) => state.attempt);
  const text = words.report;
  const save = (format: ReportFormat) => () => void attempt(() => saveReport(run, format));
  return (
    <section className={controls.card}>
      <p className={controls.quiet}>{text.hint}</p>
      <div className={controls.row}>
        <button type="button" className={controls.button} onClick={save("html")}>
          {text.download}
        </button>
        <button type="button" className={controls.button} onClick={save("json")}>
          {text.json}
        </button>
      </div>
    </section>
  );
}

async function saveReport(run: Run, format: ReportFormat): Promise<void> {
  const { dataset, projectName, runs } = useStore.getState();
  const classNames = classNamesOf(run, dataset);
  const test = await headstart.measureRun(run.id, "test");
  const validation = hasValidation(run) ? await headstart.measureRun(run.id, "validation") : null;
  const labels = test && classNames.length <= MOST_CURVES ? classNames.keys() : [];
  const scores = await Promise.all([...labels].map((label) => headstart.classScores(run.id, "test", label)));
  const report = buildReport({
    ...{ project: projectName, run, number: runNumbers(runs).get(run.id) ?? 0, classNames },
    measured: { ...(test ? { test } : {}), ...(validation ? { validation } : {}) },
    taken: await headstart.photosOfRun(run.id),
    scores: scores.flatMap((one) => (one ? [one] : [])),
    versions: { headstart: packages.version, tensorflow: packages.dependencies["@tensorflow/tfjs"] },
    madeAt: new Date().toISOString(),
  });
  const { fileName, blob } = await headstart.writeReport(words.report.fileName(projectName), report, format);
  saveFile(blob, fileName);
}
