import { transfer } from "comlink";
import { evaluate } from "../../evaluation/evaluate.ts";
import { predictionsIn } from "../../project/run-photos.ts";
import { getRun, getRunDetails } from "../../storage/runs.ts";
import { withEmbeddingTools } from "../embedding-work.ts";
import type { RunsDoor, TrainEvent } from "../protocol/runs.ts";
import type { Rooms } from "../rooms.ts";
import { runTraining } from "../training/run.ts";

export function createRunsDoor(rooms: Rooms): RunsDoor {
  const { database, device, project, inUse } = rooms;
  let stopRequested = false;
  return {
    async train(request, onEvent, signal) {
      stopRequested = false;
      const startedAt = performance.now();
      const projectId = project.id;
      return withEmbeddingTools(rooms, request, async (tools) => {
        const { backend } = await device.status();
        const { run, details, classifier } = await runTraining({
          ...tools,
          ...{ request, backend, startedAt, signal },
          onEvent: (event) => onEvent(handedOver(event)),
          shouldStop: () => stopRequested,
        });
        signal.throwIfAborted();
        const forgotten = await project.keepRun(projectId, { run, details, classifier });
        return { run, classifier: inUse.hold(run, classifier), forgotten: forgotten.map(({ id }) => id) };
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

/** A checkpoint's arrays move over: they are made for it, and copying them would cost as much again. */
function handedOver(event: TrainEvent): TrainEvent {
  if (event.kind !== "checkpoint") return event;
  const { weights, best, optimizer } = event.checkpoint.fit.fit;
  const arrays = [...weights, ...(typeof best === "string" ? [] : best), ...optimizer.first, ...optimizer.second];
  return transfer(event, [...new Set(arrays.map(({ buffer }) => buffer))]);
}
