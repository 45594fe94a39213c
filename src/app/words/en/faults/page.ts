import type { PageFault } from "../../../errors.ts";
import type { FaultWords } from "../../faults.ts";
import { backendName } from "../engine.ts";
import { jobs } from "../jobs.ts";
import { count, plural } from "../language.ts";

export const pageFaults: FaultWords<PageFault> = {
  "job/refused": (refused) => jobs.refused(refused),
  "project/open-elsewhere": ({ name }) => `“${name}” is open in another tab. Close it there first.`,
  "base-model/not-chosen": () => "Choose a base model on the Train page first.",
  "base-model/missing": () =>
    "This project’s base model is not in this browser. Choose another one on the Train page. What was trained with it works as before.",
  "video/unplayable": ({ file }) =>
    `${file} cannot be played by this browser: it may be damaged, or of a kind that the browser does not know. Save it as an MP4 with H.264 or as a WebM, or try another browser.`,
  "video/no-picture": ({ file }) => `${file} has sound and no picture. Choose a video.`,
  "video/too-slow": ({ file }) =>
    `${file} takes too long to play. Check that it is whole, or save a smaller copy as an MP4 with H.264.`,
  "run/photos-not-kept": () =>
    "It is not known which photos took part in this run, because an earlier version did not keep that. Train anew with its settings.",
  "run/photos-gone": ({ photos: gone }) =>
    `${plural(gone, { one: "# photo of this run is", other: "# photos of this run are" })} no longer in the project, so it cannot be repeated exactly.`,
  "run/base-gone": ({ name }) =>
    `This run’s base model “${name}” is not in this browser. Add it on the Train page first.`,
  "run/other-backend": ({ backend, now }) =>
    `This run was made on ${backendName(backend)}, and the engine uses ${backendName(now)} now: the numbers would differ a little. Choose ${backendName(backend)} in the engine settings first.`,
  "run/other-classes": () =>
    "The classes have changed since this run, so its classifier cannot be trained further. Train a new one.",
  "training/given-up": ({ deaths }) =>
    `Training was given up: the engine stopped ${count(deaths)} times without getting any further. Close other tabs and programs to free memory, choose another backend in the engine settings or a smaller base model, and train again.`,
  "base-model/not-here": ({ name }) =>
    `“${name}” is not on this machine yet. Download it on the Train page, or choose another.`,
};
