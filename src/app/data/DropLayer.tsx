import { useEffect, useState } from "react";
import type { IncomingFile } from "../../worker/protocol/index.ts";
import type { Place } from "../places.ts";
import { plural } from "../shared/format.ts";
import { useStore } from "../store/store.ts";
import styles from "./DropLayer.module.css";
import { type DroppedFiles, droppedFiles } from "./dropped-files.ts";

/** Listed in one message. */
const MOST_PATHS = 200;

/** What a drop on each place does. */
const MEANING: Record<Place, string> = {
  Data: "Drop to add photos",
  Train: "Drop to add a base model",
  Evaluate: "Drop to add photos",
  Use: "Drop to classify photos",
  Export: "Drop to open a project or a model",
};

/** The whole page takes drops and pastes. */
export function DropLayer({ place }: { place: Place }) {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const take = async (dropped: Promise<DroppedFiles>) => {
      const { files, unreadable } = await dropped;
      if (unreadable.length) tellUnreadable(unreadable);
      if (files.length) receive(place, files);
    };
    let depth = 0;
    const listeners = {
      dragenter: (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        depth += 1;
        setDragging(true);
      },
      dragleave: () => {
        depth = Math.max(0, depth - 1);
        if (depth === 0) setDragging(false);
      },
      dragover: (event: DragEvent) => event.preventDefault(),
      drop: (event: DragEvent) => {
        event.preventDefault();
        depth = 0;
        setDragging(false);
        if (event.dataTransfer) void take(droppedFiles(event.dataTransfer));
      },
      paste: (event: ClipboardEvent) => {
        if (event.clipboardData?.files.length) void take(droppedFiles(event.clipboardData));
      },
    };
    const controller = new AbortController();
    for (const [type, listener] of Object.entries(listeners)) {
      addEventListener(type, listener as EventListener, { signal: controller.signal });
    }
    return () => controller.abort();
  }, [place]);
  return dragging ? <div className={styles.layer}>{MEANING[place]}</div> : null;
}

function tellUnreadable(paths: readonly string[]): void {
  const [first = ""] = paths;
  const isOne = paths.length === 1;
  const text = isOne
    ? `${first} cannot be read from the disk. Check that it is still there, and add it again.`
    : `${plural(paths.length, "file")} cannot be read from the disk. Check that they are still there, and add them again.`;
  useStore.getState().notify("error", text, isOne ? [] : paths.slice(0, MOST_PATHS));
}

function receive(place: Place, files: readonly IncomingFile[]): void {
  const { take, importFiles, addBaseModel, classifyFiles, openFiles } = useStore.getState();
  const action = {
    Data: importFiles,
    Evaluate: importFiles,
    Train: addBaseModel,
    Use: classifyFiles,
    Export: openFiles,
  }[place];
  void take(files, action);
}
