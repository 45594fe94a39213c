import type { EngineDoor } from "../protocol/engine.ts";
import type { Rooms } from "../rooms.ts";

export function createEngineDoor({ device }: Rooms): Omit<EngineDoor, "endEngine"> {
  return {
    engineStatus: () => device.status(),
    chooseBackend: (backend) => device.choose(backend),
  };
}
