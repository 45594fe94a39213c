import type { QuickDoor } from "../protocol/quick.ts";
import type { Rooms } from "../rooms.ts";

export function createQuickDoor({ quick }: Rooms): QuickDoor {
  return {
    learnQuickly: (request, signal) => quick.learn(request, signal),
    guessFrame: (frame, mirrored) => quick.guessFrame(frame, mirrored),
    guessPhoto: (photo) => quick.guessPhoto(photo),
  };
}
