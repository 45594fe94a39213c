import { useEffect, useState } from "react";
import type { IncomingFile } from "../../worker/protocol/index.ts";
import type { Place } from "../places.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./DropLayer.module.css";
import { type DroppedFiles, droppedFiles } from "./dropped-files.ts";

/** At most so many are listed in one message. */
const MOST_PATHS = 200;

/** Takes files that are dropped or pasted anywhere on the page. */
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
  return dragging ? <div className={styles.layer}>{words.data.drop[place]}</div> : null;
}

function tellUnreadable(paths: readonly string[]): void {
  const [first = ""] = paths;
  const isOne = paths.length === 1;
  const text = isOne ? words.data.unreadableFile(first) : words.data.unreadableFiles(paths.length);
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
