/** The English catalogue, a file for each place of the page. It sets what other languages must have: see `Words`. */
import { batch } from "./batch.ts";
import { capture, classes } from "./classes.ts";
import { data } from "./data.ts";
import { engine } from "./engine.ts";
import { erasing } from "./erasing.ts";
import { evaluate } from "./evaluate.ts";
import { exports } from "./exports.ts";
import { faults } from "./faults/index.ts";
import { filters, grid } from "./grid.ts";
import { history } from "./history.ts";
import { jobs } from "./jobs.ts";
import { layouts } from "./layouts.ts";
import { matrix } from "./matrix.ts";
import { measureCurves } from "./measure-curves.ts";
import { metrics } from "./metrics.ts";
import { numbers } from "./numbers.ts";
import { quick } from "./quick.ts";
import { report } from "./report.ts";
import { review } from "./review.ts";
import { settings } from "./settings.ts";
import { shared } from "./shared.ts";
import { shell } from "./shell.ts";
import { sort } from "./sort.ts";
import { store } from "./store.ts";
import { train } from "./train.ts";
import { use } from "./use.ts";
import { version } from "./version.ts";
import { video } from "./video.ts";
import { why } from "./why.ts";

export const english = {
  ...{ shell, engine, erasing, version, shared, history, jobs, store, numbers, faults },
  ...{ data, layouts, classes, capture, grid, filters, review, sort, quick, video },
  ...{ train, settings, evaluate, metrics, matrix, measureCurves, report, use, batch, why, exports },
};
