import type { StorageFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";

const SAFE = "What was kept before is safe, and nothing was half-written.";

const TAKEN: Readonly<Record<Extract<StorageFault, { code: "project/taken" }>["by"], string>> = {
  "another-tab": "This project was opened in another tab. Nothing was written here.",
  "another-project": "Another project is open. Nothing was written.",
  nobody: "No project is open. Open one from the list of projects.",
};

export const storageFaults: FaultWords<StorageFault> = {
  "storage/refused": ({ reason }) =>
    `This browser does not let Headstart keep anything (${reason}). Leave private browsing, or allow this page to store data.`,
  "storage/newer-version": () =>
    "A newer Headstart has been used in this browser. Close its other tabs, then open this page again to get it here too.",
  "storage/full": () =>
    `This browser’s storage for Headstart is full. ${SAFE} Delete projects that you no longer need, saved models or base models, or free disk space. Deleted projects free their space the next time Headstart is opened, or at once with “Delete for good” under Projects.`,
  "storage/no-room-for-file": () =>
    "There is not enough room for the file: while it is put together it needs as much as the project’s photos once more. Nothing was lost. Free disk space, or delete projects that you no longer need, then try again.",
  "storage/broken-off": ({ reason }) =>
    `The browser could not write to its storage (${reason}). ${SAFE} Try again. If it keeps failing, free disk space and restart the browser.`,
  "storage/photo-gone": ({ photo }) => `A photo is no longer in this browser’s storage (${photo}). Add it again.`,
  "storage/classifier-incomplete": ({ name }) =>
    `The classifier of “${name}” is no longer complete in this browser’s storage. Train again, or use another run.`,
  "project/gone": () => "This project is no longer in this browser. Choose another.",
  "project/part-missing": () => "A part of this project is missing in the browser’s storage. Nothing was written.",
  "run/gone": () => "This run is no longer kept. Choose another.",
  "project/taken": ({ by }) => TAKEN[by],
};
