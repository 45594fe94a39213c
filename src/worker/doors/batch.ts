import { resultsTable } from "../../formats/results-table.ts";
import { Batches } from "../batch.ts";
import type { BatchDoor } from "../protocol/batch.ts";
import type { Rooms } from "../rooms.ts";

export function createBatchDoor(rooms: Rooms): BatchDoor {
  const batches = new Batches(rooms);
  return {
    classifyBatch(batch, files, choice, onEvent, signal) {
      const unpacker = rooms.drops.unpacker(files, choice.drop, signal, (unpacking) =>
        onEvent({ photos: [], done: 0, total: 0, unpacking }),
      );
      return batches.classify({ batch, files, choice, unpacker, onEvent, signal });
    },
    batchPhoto: (batch, id) => batches.photo(batch, id),
    async resultsFile(lines) {
      const blob = new Blob([resultsTable(lines)], { type: "text/csv" });
      return { fileName: "classified-photos.csv", blob };
    },
  };
}
