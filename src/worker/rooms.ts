/** What the doors' factories share: one of each for the life of the worker. */
import { type Database, databaseOpener } from "../storage/database.ts";
import { BaseModels } from "./base-models.ts";
import { ClassifierInUse } from "./classifier-in-use.ts";
import { Comparer } from "./comparison.ts";
import { Decoders } from "./decoders.ts";
import { Device } from "./device.ts";
import { EmbeddingTables } from "./embedding-tables.ts";
import { OpenProject } from "./open-project.ts";

export interface Rooms {
  readonly database: () => Promise<Database>;
  readonly device: Device;
  readonly decoders: Decoders;
  readonly comparer: Comparer;
  readonly tables: EmbeddingTables;
  readonly baseModels: BaseModels;
  readonly project: OpenProject;
  readonly inUse: ClassifierInUse;
}

export function openRooms(): Rooms {
  const database = databaseOpener();
  const project = new OpenProject(database);
  return {
    database,
    device: new Device(),
    decoders: new Decoders(),
    comparer: new Comparer(),
    tables: new EmbeddingTables(),
    baseModels: new BaseModels(database),
    project,
    inUse: new ClassifierInUse(database, project),
  };
}
