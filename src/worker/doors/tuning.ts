import type { TuningDoor } from "../protocol/tuning.ts";
import type { Rooms } from "../rooms.ts";
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
  };
}
