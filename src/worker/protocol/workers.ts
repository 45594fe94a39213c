/** Who answers what: two workers stand behind the door, so that nothing that computes can keep anything from being stored. */
import type { Headstart } from "./index.ts";
import type { PhotosDoor } from "./photos.ts";
import type { HoldingDoor, StoringDoor } from "./projects.ts";

/** The worker that reads and writes what a person made, and never computes. */
export interface Storing extends StoringDoor, Pick<PhotosDoor, "thumbnails" | "photo"> {}

/** The worker that does everything else. */
export interface Engine extends Omit<Headstart, keyof Storing | "endEngine">, HoldingDoor {}
