import { withEmbeddingTools } from "../embedding-work.ts";
import type { TuningDoor } from "../protocol/tuning.ts";
import type { Rooms } from "../rooms.ts";
import { gatherFrom, searchPhotos } from "../tuning/ground.ts";
import { tryParts } from "../tuning/more-photos.ts";
import { runTuning } from "../tuning/tune.ts";

export function createTuningDoor(rooms: Rooms): TuningDoor {
  let stop = new AbortController();
  return {
    async tune(request, onEvent, signal) {
      stop = new AbortController();
      return runTuning(rooms, { request, onEvent, signal, stop: stop.signal });
    },
    async stopTuning() {
      stop.abort();
    },
    tryParts: (request, onEvent, signal) =>
      withEmbeddingTools(rooms, request, async (tools) => {
        const settings = { ...request.settings, folds: 0, fineTune: false };
        const { photos, table } = await searchPhotos({
          ...{ ...tools, request: { ...request, settings, asFixed: false } },
          ...{ onEvent, signal },
        });
        const found = await tryParts({
          ...{ photos, settings, features: table.width, gather: gatherFrom(table, photos), signal },
          onPart: (done, total) => onEvent({ kind: "part", done, total }),
        });
        return { ...found, classIds: [...photos.labels.keys()] };
      }),
  };
}
