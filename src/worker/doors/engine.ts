import type { EngineDoor } from "../protocol/engine.ts";
import type { Rooms } from "../rooms.ts";

export function createEngineDoor({ device }: Rooms): EngineDoor {
  return {
    engineStatus: () => device.status(),
    chooseBackend: (backend) => device.choose(backend),
  };
}
