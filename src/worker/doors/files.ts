import { reportHtml, reportJson } from "../../formats/report/html.ts";
import { fileNameOf } from "../file-name.ts";
import { openProjectFile } from "../open-project-file.ts";
import { recogniseFile, savePhotoSet, saveProjectFile } from "../project-files.ts";
import type { FilesDoor } from "../protocol/files.ts";
import type { Rooms } from "../rooms.ts";

export function createFilesDoor(rooms: Rooms): FilesDoor {
  return {
    recogniseFile,
    saveProjectFile: (project, onEvent, signal) => saveProjectFile(rooms, project, onEvent, signal),
    savePhotoSet: async (project, layout, onEvent, signal) =>
      savePhotoSet(await rooms.database(), { project, layout }, onEvent, signal),
    async writeReport(name, report, format) {
      const [text, type] =
        format === "html" ? [reportHtml(report), "text/html"] : [reportJson(report), "application/json"];
      return { fileName: `${fileNameOf(name)}.${format}`, blob: new Blob([text], { type }) };
    },
    openProjectFile: (file, onEvent, signal) => openProjectFile(rooms, file, onEvent, signal),
  };
}
