import type { FormatFault, ProjectFileFault } from "../../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../../faults.ts";
import { fieldProblem } from "./fields.ts";

type SoundsFault = Extract<FormatFault, { readonly code: "teachable-machine/sounds" }>;

export const projectFileFaults: FaultWords<ProjectFileFault | SoundsFault> = {
  "project-file/not-a-project": ({ file }) =>
    `${file} is not a Headstart project. Choose a file that was saved as one.`,
  "project-file/newer": ({ file, version, newest }) =>
    `${file} was saved by a newer Headstart (version ${version}; this one reads up to ${newest}). Open it with the newest Headstart.`,
  "project-file/field": ({ file, path, ...problem }) =>
    `${file} is not as a project file should be: in ${path}, ${fieldProblem(problem)}. Save the project again, or open an earlier copy.`,
  "project-file/missing": ({ file, path }) =>
    `“${path}” is missing in ${file}. Save the project again, or open an earlier copy.`,
  "project-file/changed": ({ file, path }) =>
    `“${path}” in ${file} is damaged: its bytes have changed. Save the project again, or open an earlier copy.`,
  "project-file/classifier-unlike-run": ({ file, path }) =>
    `The classifier of the run “${path}” in ${file} has other classes than the run. Train again, or open an earlier copy.`,
  "project-file/unknown-class": ({ photo }) =>
    `The photo ${photo} is of a class that is not there. Delete it, or move it to a class, and save again.`,
  "teachable-machine/sounds": () =>
    "This Teachable Machine project is of sounds. Headstart learns from photos: choose an image project.",
};
