import { useEffect, useRef, useState } from "react";
import type { PhotoId } from "../../dataset/dataset.ts";
import { onView } from "./on-view.ts";
import styles from "./Thumbnail.module.css";
import { holdThumbnail, thumbnailAtHand } from "./thumbnail-urls.ts";

/** A photo's thumbnail, read when it comes into view and let go when it has left it. */
export function Thumbnail({ photo, alt }: { photo: PhotoId; alt: string }) {
  const frame = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState({ photo, url: thumbnailAtHand(photo) });

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let letGo: (() => void) | null = null;
    const stopWatching = onView(element, (inView) => {
      letGo?.();
      letGo = null;
      if (inView) letGo = holdThumbnail(photo, (url) => setShown({ photo, url }));
      else setShown({ photo, url: null });
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
