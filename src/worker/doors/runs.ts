import { transfer } from "comlink";
import { evaluate, reportOf } from "../../evaluation/evaluate.ts";
import { measure } from "../../evaluation/measure.ts";
import { oneAgainstRest } from "../../evaluation/scores.ts";
import type { Classifier } from "../../network/model.ts";
import { compareRuns } from "../../project/compare-runs.ts";
import type { ProjectId } from "../../project/project.ts";
import type { RunId } from "../../project/run.ts";
import { type MeasuredOn, predictionsIn, scoresIn } from "../../project/run-photos.ts";
import type { Database } from "../../storage/database.ts";
import { getRun, getRunClassifier, getRunDetails } from "../../storage/runs.ts";
import { withEmbeddingTools } from "../embedding-work.ts";
import { WorkerError } from "../errors.ts";
import type { RunsDoor, TrainEvent, TrainRequest } from "../protocol/runs.ts";
import type { Rooms } from "../rooms.ts";
import { runTraining } from "../training/run.ts";

export function createRunsDoor(rooms: Rooms): RunsDoor {
  const { database, device, project, inUse } = rooms;
  let stopRequested = false;
  const scoresOf = async (id: RunId, on: MeasuredOn) => {
    const run = await getRun(await database(), project.id, id);
    const details = await getRunDetails(await database(), project.id, id);
    return details && "photos" in details ? scoresIn(details, on, run.classes.length) : null;
  };
  return {
    async train(request, onEvent, signal) {
      stopRequested = false;
      const startedAt = performance.now();
      const projectId = project.id;
      return withEmbeddingTools(rooms, request, async (tools) => {
        const { backend } = await device.status();
        const start = await startOf(await database(), projectId, request);
        const { run, details, classifier } = await runTraining({
          ...tools,
          ...{ request, start, backend, startedAt, signal },
          onEvent: (event) => onEvent(handedOver(event)),
          shouldStop: () => stopRequested,
        });
        signal.throwIfAborted();
        const forgotten = await project.keepRun(projectId, { run, details, classifier });
        return { run, classifier: await inUse.hold(run, classifier), forgotten: forgotten.map(({ id }) => id) };
      });
    },
    async stopTraining() {
      stopRequested = true;
    },
    async evaluateRun(id) {
      const run = await getRun(await database(), project.id, id);
      const details = await getRunDetails(await database(), project.id, id);
      if (!details || "report" in details) return details?.report ?? null;
      return evaluate(predictionsIn(details, "test", run.classes.length), run.classes.length);
    },
    async measureRun(id, on) {
      const scores = await scoresOf(id, on);
      const measures = scores && measure(scores);
      return measures && { measures, report: reportOf(measures.answers, measures.classes.length) };
    },
    async classScores(id, on, label) {
      const scores = await scoresOf(id, on);
      return scores && oneAgainstRest(scores, label);
    },
    async compareRuns(ids) {
      const open = await database();
      return compareRuns(
        await Promise.all(
          ids.map(async (id) => {
            const [run, details] = [await getRun(open, project.id, id), await getRunDetails(open, project.id, id)];
            return { run, photos: details && "photos" in details ? details : null };
          }),
        ),
      );
    },
    async photosOfRun(id) {
      const details = await getRunDetails(await database(), project.id, id);
      if (!details || "report" in details) return null;
      const { photos, labels, splits } = details;
      return { photos, labels, splits };
    },
    activateRun: (id) => inUse.activateRun(id),
    async changeRun(id, change) {
      return inUse.changed(await project.changeRun(id, change));
    },
  };
}

/** @throws WorkerError when the run that it begins with has no classifier */
async function startOf(
  database: Database,
  project: ProjectId,
  { startFrom }: TrainRequest,
): Promise<Classifier | null> {
  if (startFrom === null) return null;
  const classifier = await getRunClassifier(database, project, startFrom);
  if (!classifier) throw new WorkerError({ code: "run/no-classifier" });
  return classifier;
}

/** A checkpoint's arrays move over: they are made for it, and copying them would cost as much again. */
function handedOver(event: TrainEvent): TrainEvent {
  if (event.kind !== "checkpoint") return event;
  const { weights, best, optimizer } = event.checkpoint.fit.fit;
  const arrays = [...weights, ...(typeof best === "string" ? [] : best), ...optimizer.first, ...optimizer.second];
  return transfer(event, [...new Set(arrays.map(({ buffer }) => buffer))]);
}
