import { useEffect, useRef, useState } from "react";
import type { PhotoId } from "../../dataset/dataset.ts";
import { headstart } from "../store/store.ts";
import styles from "./Thumbnail.module.css";

/** A photo's thumbnail, read when it comes into view and let go when it is gone. */
export function Thumbnail({ photo, alt }: { photo: PhotoId; alt: string }) {
  const frame = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string | null>(null);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let gone = false;
    let made: string | null = null;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        headstart.thumbnail(photo).then(
          (blob) => {
            if (gone) return;
            made = URL.createObjectURL(blob);
            setUrl(made);
          },
          () => undefined,
        );
      },
      { rootMargin: "200px" },
    );
    observer.observe(element);
    return () => {
      gone = true;
      observer.disconnect();
      if (made) URL.revokeObjectURL(made);
    };
  }, [photo]);

  return (
    <span ref={frame} className={styles.frame}>
      {url ? <img src={url} alt={alt} draggable={false} /> : null}
    </span>
  );
}
