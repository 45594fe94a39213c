import { useEffect, useState } from "react";
import type { PhotoId } from "../../dataset/dataset.ts";
import { headstart } from "../store/store.ts";
import styles from "./LargePhoto.module.css";
import { holdThumbnail, thumbnailAtHand } from "./thumbnail-urls.ts";

interface LargePhotoProps {
  readonly photo: PhotoId;
  readonly alt: string;
  /** Whether it is shown so large that the thumbnail will not do. */
  readonly sharp: boolean;
}

/** All of a photo, uncropped: its thumbnail at once, then the original where that is wanted. */
export function LargePhoto({ photo, alt, sharp }: LargePhotoProps) {
  const thumbnail = useThumbnail(photo);
  const original = useOriginal(sharp ? photo : null);
  const [broken, setBroken] = useState<string | null>(null);
  const url = original && original !== broken ? original : thumbnail;
  return (
    <span className={styles.frame}>
      {url ? <img src={url} alt={alt} draggable={false} onError={() => setBroken(original)} /> : null}
    </span>
  );
}

interface Shown {
  readonly photo: PhotoId;
  readonly url: string;
}

function useThumbnail(photo: PhotoId): string | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => holdThumbnail(photo, (url) => setShown({ photo, url })), [photo]);
  return shown?.photo === photo ? shown.url : thumbnailAtHand(photo);
}

/** An address for a photo's bytes, let go when another photo is asked for; null until they are read. */
function useOriginal(photo: PhotoId | null): string | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (photo === null) return;
    let gone = false;
    let url: string | null = null;
    headstart.photo(photo).then(
      (blob) => {
        if (gone) return;
        url = URL.createObjectURL(blob);
        setShown({ photo, url });
      },
      () => undefined,
    );
    return () => {
      gone = true;
      setShown(null);
      if (url) URL.revokeObjectURL(url);
    };
  }, [photo]);
  return shown && shown.photo === photo ? shown.url : null;
}
