import { useLayoutEffect, useRef, useState } from "react";
import type { PhotoId } from "../../dataset/dataset.ts";
import { onView } from "./on-view.ts";
import styles from "./Thumbnail.module.css";
import { holdThumbnail, thumbnailAtHand } from "./thumbnail-urls.ts";

/** A photo's thumbnail, read when it comes into view and let go when it has left it. */
export function Thumbnail({ photo, alt }: { photo: PhotoId; alt: string }) {
  const frame = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState({ photo, url: thumbnailAtHand(photo) });

  // Before others that go in this update let go of theirs, which may make room by dropping the one that is shown here.
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const hold = () => holdThumbnail(photo, (url) => setShown({ photo, url }));
    let letGo = thumbnailAtHand(photo) ? hold() : null;
    const stopWatching = onView(element, (inView) => {
      if (inView) letGo ??= hold();
      else {
        letGo?.();
        letGo = null;
        setShown({ photo, url: null });
      }
    });
    return () => {
      stopWatching();
      letGo?.();
    };
  }, [photo]);

  const url = shown.photo === photo ? shown.url : null;
  return (
    <span ref={frame} className={styles.frame}>
      {url ? <img src={url} alt={alt} draggable={false} decoding="async" /> : null}
    </span>
  );
}
