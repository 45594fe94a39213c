/** What the doors' factories share: one of each for the life of the worker. */
import { type Database, databaseOpener } from "../storage/database.ts";
import { BaseModels } from "./base-models.ts";
import { ClassifierInUse } from "./classifier-in-use.ts";
import { Classifiers } from "./classifiers.ts";
import { Comparer } from "./comparison.ts";
import { Decoders } from "./decoders.ts";
import { Device } from "./device.ts";
import { EmbeddingTables } from "./embedding-tables.ts";
import { HeldPixels } from "./held-pixels.ts";
import { OpenProject } from "./open-project.ts";
import { deviceFacts, memoryBudget } from "./protocol/memory-budget.ts";
import { QuickAnswers } from "./quick-answers.ts";
import { createDrops, type Drops } from "./unpacking.ts";

export interface Rooms {
  readonly database: () => Promise<Database>;
  readonly device: Device;
  readonly decoders: Decoders;
  readonly comparer: Comparer;
  readonly tables: EmbeddingTables;
  readonly held: HeldPixels;
  readonly baseModels: BaseModels;
  readonly project: OpenProject;
  readonly inUse: ClassifierInUse;
  readonly classifiers: Classifiers;
  readonly quick: QuickAnswers;
  readonly drops: Drops;
}

export function openRooms(): Rooms {
  const database = databaseOpener();
  const project = new OpenProject(database);
  const budget = memoryBudget(deviceFacts());
  const [device, decoders] = [new Device(budget.photosPerBatch), new Decoders(budget.decoders)];
  const inUse = new ClassifierInUse(database, project);
  const held = new HeldPixels(budget.heldPixelBytes);
  const [tables, baseModels] = [new EmbeddingTables(), new BaseModels(database)];
  return {
    ...{ database, device, decoders, project, inUse, tables, baseModels },
    comparer: new Comparer(async (photo) => {
      const picture = await decoders.run(async (decoder, job) => decoder.picture(photo, job));
      return picture.ok ? picture.value : null;
    }),
    held,
    classifiers: new Classifiers({ database, device, decoders, inUse }),
    quick: new QuickAnswers({ database, device, decoders, tables, held, baseModels }),
    drops: createDrops(),
  };
}
