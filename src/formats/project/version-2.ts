/** What the manifest of a project file of version 2 says of runs, apart from what later versions say too. */
import * as v from "valibot";
import { Counts, Course, Estimate, NamedReport, Outcome, Summary, Time } from "./fields.ts";
import { Settings } from "./settings.ts";

const LastRun = v.object({
  summary: v.object({ outcome: Course, report: NamedReport, classifier: Summary, counts: Counts }),
  settings: Settings,
  baseModelName: v.string(),
  finishedAt: Time,
});

const EarlierRun = v.object({
  finishedAt: Time,
  baseModelName: v.string(),
  settings: Settings,
  counts: Counts,
  accuracy: v.nullable(Estimate),
  macroF1: v.nullable(Estimate),
  outcome: Outcome,
});

export const RunsOfTwo = { lastRun: v.nullable(LastRun), runs: v.array(EarlierRun) };
