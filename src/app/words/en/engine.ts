import type { BackendName, EngineStatus } from "../../../worker/protocol/index.ts";
import { count, plural } from "./language.ts";

type Reason = EngineStatus["reason"];
type Note = EngineStatus["choices"][number]["note"];

export const backendNames: Readonly<Record<BackendName, string>> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
};

/** @param id as runs keep it */
export function backendName(id: string): string {
  return (backendNames as Readonly<Record<string, string>>)[id] ?? id;
}

/** Clauses, without a capital and a full stop. */
const reasons: { readonly [Kind in Reason["kind"]]: (reason: Extract<Reason, { readonly kind: Kind }>) => string } = {
  "chosen-by-user": () => "chosen by you",
  "no-hardware-gpu": () => "no hardware GPU found",
  "hardware-gpu": ({ name }) => `hardware GPU: ${name}`,
  "software-gpu": () => "software GPU, slow",
  "not-offered": () => "not offered by this browser",
  "no-gpu-for-it": () => "no GPU for it on this machine",
  "several-cores": () => "on several processor cores",
  "one-core": () => "on one processor core",
  "not-loaded": () => "part of the app could not be loaded",
};

/** @param reason a kind of note is a kind of reason */
function clause(reason: Reason | Note): string {
  return (reasons[reason.kind] as (reason: Reason) => string)(reason);
}

/** What runs the numbers. */
export const engine = {
  label: "Engine",
  settings: "Engine settings",
  backend: "Backend",
  automatic: "Automatic",
  starting: "Starting the engine …",
  notStarted: "The engine could not be started",
  switching: "Starting …",
  /** In place of the status. */
  notAnswering: "The engine does not answer",
  silent:
    "The engine does not answer. It may be busy with a large model, or it hangs. What you change is saved all the same. Wait, or end it and start a new one: training goes on from its last epoch.",
  end: "End it and start a new one",
  /** “WebAssembly, 2 threads: no hardware GPU found” */
  status: ({ backend, threads, reason }: EngineStatus) => {
    const cores = backend === "wasm" ? `, ${plural(threads, { one: "# thread", other: "# threads" })}` : "";
    return `${backendNames[backend]}${cores}: ${clause(reason)}`;
  },
  prepareAhead: "Prepare photos ahead",
  /** “Preparing photos ahead: 40 of 90” */
  preparingAhead: ({ done, total }: { readonly done: number; readonly total: number }) =>
    `Preparing photos ahead: ${count(done)} of ${count(total)}`,
  /** “WebGL (software GPU, slow)” */
  choice: (backend: BackendName, note: Note) => `${backendNames[backend]} (${clause(note)})`,
};
