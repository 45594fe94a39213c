import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { PhotoId, Sample } from "../../dataset/dataset.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import controls from "./controls.module.css";
import { Icon } from "./Icon.tsx";
import { LargePhoto } from "./LargePhoto.tsx";
import styles from "./PhotoViewer.module.css";
import { useObjectUrl } from "./useObjectUrl.ts";
import { HeatOverlay } from "./why/HeatOverlay.tsx";
import { useExplanation } from "./why/useExplanation.ts";
import { WhyNote, WhySwitch } from "./why/WhyNote.tsx";

/** A photo that can be shown large. */
export interface ViewedPhoto {
  /** Tells it from the others of its list. */
  readonly key: string;
  readonly fileName: string;
  /** A photo that is kept, or the bytes of one that is not, or what reads them. */
  readonly source: PhotoId | Blob | (() => Promise<Blob>);
  /** Pixels; null where they are not known. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

interface PhotoViewerProps {
  /** Those that the arrows step through, in order. */
  readonly photos: readonly ViewedPhoto[];
  /** The key of the one that is shown. */
  readonly shown: string;
  /** Whether the classifier in use can be asked why it calls the photos what it does. */
  readonly explained?: boolean;
  onStep(key: string): void;
  /** The browser has given the focus back to what opened it: whoever stepped on wants it elsewhere. */
  onClose(): void;
}

const text = words.shared.viewer;

/** A dialog with one photo, as large as the page allows. The arrow keys go to the next one and the one before. */
export function PhotoViewer({ photos, shown, explained = false, onStep, onClose }: PhotoViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const at = photos.findIndex(({ key }) => key === shown);
  const photo = photos[at];
  useEffect(() => {
    dialog.current?.showModal();
    close.current?.focus();
  }, []);
  const isGone = photo === undefined;
  useEffect(() => {
    if (isGone) dialog.current?.close();
  }, [isGone]);
  const step = (steps: number) => {
    const next = photos[(at + steps + photos.length) % photos.length];
    if (next) onStep(next.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    step(steps);
  };
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={photo?.fileName} onClose={onClose} onKeyDown={onKeyDown}>
      {photo ? explained ? <ExplainedPicture photo={photo} /> : <Picture photo={photo} /> : null}
      <div className={styles.foot}>
        <p role="status" className={controls.quiet}>
          {photo ? text.caption({ file: photo.fileName, size: photo.size, at: at + 1, of: photos.length }) : ""}
        </p>
        {explained ? <WhySwitch /> : null}
        {photos.length > 1 ? (
          <>
            <Step name="left" label={text.previous} onClick={() => step(-1)} />
            <Step name="right" label={text.next} onClick={() => step(1)} />
          </>
        ) : null}
        <button ref={close} type="button" className={controls.button} onClick={() => dialog.current?.close()}>
          {text.close}
        </button>
      </div>
    </dialog>
  );
}

/** A photo of the dataset. */
export function viewedSample({ photo, fileName, width, height }: Sample, key: string = photo): ViewedPhoto {
  return { key, fileName, source: photo, size: { width, height } };
}

function Step({ name, label, onClick }: { name: "left" | "right"; label: string; onClick(): void }) {
  return (
    <button
      type="button"
      className={`${controls.button} ${controls.icon}`}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={name} />
    </button>
  );
}

/** With the places that count for what it is called, where that is to be shown. */
function ExplainedPicture({ photo }: { photo: ViewedPhoto }) {
  const showWhy = useStore((state) => state.showWhy);
  const { explanation, problem } = useExplanation(showWhy ? photo.source : null);
  if (!showWhy) return <Picture photo={photo} />;
  return (
    <div className={styles.explained}>
      <div className={styles.heated}>
        <Picture photo={photo} />
        {explanation ? <HeatOverlay explanation={explanation} /> : null}
      </div>
      {problem === null ? <WhyNote explanation={explanation} /> : <p className={controls.problem}>{problem}</p>}
    </div>
  );
}

function Picture({ photo: { source, fileName } }: { photo: ViewedPhoto }) {
  if (typeof source === "string") return <LargePhoto photo={source} alt={fileName} sharp />;
  if (typeof source === "function") return <ReadPicture key={fileName} read={source} alt={fileName} />;
  return <FilePicture blob={source} alt={fileName} />;
}

/** Its place stays empty where the photo cannot be read again. */
function ReadPicture({ read, alt }: { read: () => Promise<Blob>; alt: string }) {
  const [blob, setBlob] = useState<Blob | null>(null);
  useEffect(() => {
    let gone = false;
    read().then(
      (bytes) => gone || setBlob(bytes),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [read]);
  return <FilePicture blob={blob} alt={alt} />;
}

function FilePicture({ blob, alt }: { blob: Blob | null; alt: string }) {
  const url = useObjectUrl(blob);
  return <span className={styles.file}>{url ? <img src={url} alt={alt} draggable={false} /> : null}</span>;
}
