import { useMemo } from "react";
import { PhotoViewer, type ViewedPhoto } from "../../shared/PhotoViewer.tsx";
import type { Batch, BatchPhoto } from "../../store/batch.ts";
import { headstart } from "../../store/store.ts";
import { batchButtonId } from "./BatchRow.tsx";
import { predictionOf } from "./rows.ts";

interface BatchViewerProps {
  readonly batch: Batch;
  readonly rows: readonly BatchPhoto[];
  readonly shown: number;
  onShow(id: number | null): void;
}

/** The photos of the rows, one at a time. */
export function BatchViewer({ batch: { name }, rows, shown, onShow }: BatchViewerProps) {
  const photos = useMemo(
    () =>
      rows
        .filter((row) => predictionOf(row) !== null)
        .map(
          ({ id, path }): ViewedPhoto => ({
            key: `${id}`,
            fileName: path,
            source: () => headstart.batchPhoto(name, id),
            size: null,
          }),
        ),
    [rows, name],
  );
  return (
    <PhotoViewer
      photos={photos}
      shown={`${shown}`}
      explained
      onStep={(key) => onShow(Number(key))}
      onClose={() => {
        onShow(null);
        document.getElementById(batchButtonId(shown))?.focus();
      }}
    />
  );
}
