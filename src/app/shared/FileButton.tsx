import type { IncomingFile } from "../../worker/protocol/index.ts";
import controls from "./controls.module.css";

interface FileButtonProps {
  /** The input's accessible name. */
  readonly label: string;
  readonly accept?: string;
  /** Whole folders instead of files. */
  readonly folders?: boolean;
  readonly primary?: boolean;
  onFiles(files: readonly IncomingFile[]): void;
}

/** A real file input that looks like a button. */
export function FileButton({ label, accept, folders = false, primary = false, onFiles }: FileButtonProps) {
  return (
    <label className={`${controls.button} ${controls.file} ${primary ? controls.primary : ""}`}>
      {label}
      <input
        type="file"
        multiple
        accept={accept}
        {...(folders ? { webkitdirectory: "" } : {})}
        onChange={({ currentTarget }) => {
          const files = incoming(currentTarget.files);
          // The same files can be chosen again.
          currentTarget.value = "";
          if (files.length) onFiles(files);
        }}
      />
    </label>
  );
}

/** A browser's list of files with their paths. */
function incoming(files: FileList | null): IncomingFile[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
}
