import { useEffect, useState } from "react";
import { useObjectUrl } from "../../shared/useObjectUrl.ts";
import { headstart, useStore } from "../../store/store.ts";

/** A photo of the batch, read again when its row is drawn. */
export function BatchThumbnail({ id }: { id: number }) {
  const name = useStore((state) => state.batch?.name);
  const [blob, setBlob] = useState<Blob | null>(null);
  useEffect(() => {
    let gone = false;
    // A photo that cannot be read again is not shown; opening it says why.
    if (name)
      headstart.batchPhoto(name, id).then(
        (read) => gone || setBlob(read),
        () => undefined,
      );
    return () => {
      gone = true;
    };
  }, [name, id]);
  const url = useObjectUrl(blob);
  return url ? (
    <img
      src={url}
      alt=""
      decoding="async"
      draggable={false}
      // A HEIC or TIFF is read, but not every browser shows it.
      onError={({ currentTarget }) => {
        currentTarget.hidden = true;
      }}
    />
  ) : null;
}
