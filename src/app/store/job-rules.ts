/** What may run beside what. */

/** Long work that the page shows; `parts` trains on parts of the photos, to tell whether more would help. */
export const TASKS = [
  "import",
  "train",
  "tune",
  "parts",
  "look",
  "classify",
  "export",
  "save",
  "open",
  "download",
] as const;
export type Task = (typeof TASKS)[number];

/**
 * What a job is at the moment: a training, a search for settings or a look is a `prepare` while it prepares photos, an import
 * an `unpack` while it unpacks a file, a download a `read-model` when the model comes from files that are here.
 */
export type JobKind = Task | "prepare" | "unpack" | "read-model";

/** Steps that take no time, and would pull the ground from under some jobs. */
export const STEPS = ["switch", "undo", "delete-base", "update"] as const;

/** What may be asked for while jobs are under way. */
export type Request = Task | (typeof STEPS)[number];

/** `beside`: both run. `after`: it waits for the other to end. `never`: it is refused, and why is told. */
export type Rule = "beside" | "after" | "never";

/**
 * For each request, what happens while a job of each kind is under way or waits. `classify` is for many photos at once; `export` writes the
 * classifier in use, `save` the project or its photos; `switch` opens, starts or deletes another project, `undo` is undo and redo,
 * `update` loads the page's new version.
 */
export const RULES: Readonly<Record<Request, Readonly<Record<Task, Rule>>>> = {
  // The photos would go into the project that is being opened.
  import: but({ after: ["import"], never: ["open"] }),
  // What comes in would otherwise be there in part, and the same photos be prepared twice.
  train: but({ after: ["import", "parts", "look", "classify"], never: ["train", "tune", "open"] }),
  // A search is for the settings of now, and the engine does one thing at a time.
  tune: but({ after: ["import", "parts", "look", "classify"], never: ["train", "tune", "open"] }),
  parts: but({ after: ["import", "train", "tune", "look", "classify"], never: ["parts", "open"] }),
  look: but({ after: ["import", "train", "tune", "parts", "classify"], never: ["look", "open"] }),
  // The classifier in use stays the same until all photos have been classified.
  classify: but({ after: ["train", "tune", "parts", "look", "classify"], never: ["open"] }),
  export: but({ after: ["export", "save"], never: ["open"] }),
  save: but({ after: ["import", "export", "save"], never: ["open"] }),
  // Ends in a switch to what was opened.
  open: but({ after: ["export", "save"], never: ["import", "train", "tune", "parts", "look", "classify", "open"] }),
  download: but({ never: ["download"] }),
  // What is under way belongs to the project that is open.
  switch: but({ never: ["import", "train", "tune", "parts", "look", "classify", "export", "save"] }),
  // What comes in is no part of the step before.
  undo: but({ never: ["import"] }),
  // They read its weights, or keep embeddings under its name.
  "delete-base": but({ never: ["train", "tune", "parts", "look", "save", "open"] }),
  // Ends with the page.
  update: but({ never: TASKS }),
};

/** Every task beside, but for those that are named. */
function but({ after = [], never = [] }: Partial<Record<"after" | "never", readonly Task[]>>): Record<Task, Rule> {
  const rule = (task: Task): Rule => (never.includes(task) ? "never" : after.includes(task) ? "after" : "beside");
  return Object.fromEntries(TASKS.map((task) => [task, rule(task)])) as Record<Task, Rule>;
}

/** Work that quick guesses go on beside; all other work needs the engine for itself, or ends in another project. */
export const BESIDE_QUICK: readonly Task[] = ["import", "export", "save", "download"];

export type Verdict = { readonly rule: "beside" } | { readonly rule: "after" | "never"; readonly because: Task };

/** What the rules say of a request while these jobs are under way: the strictest rule, and the job that asks for it. */
export function verdictOn(request: Request, underWay: readonly Task[]): Verdict {
  const strictest = (rule: Rule) => underWay.find((task) => RULES[request][task] === rule);
  const never = strictest("never");
  if (never) return { rule: "never", because: never };
  const after = strictest("after");
  return after ? { rule: "after", because: after } : { rule: "beside" };
}

/** Whether a job waits for another. Of two that would wait for each other, the later one does. */
export function waitsFor(
  job: { readonly id: number; readonly task: Task },
  other: { readonly id: number; readonly task: Task },
): boolean {
  if (RULES[job.task][other.task] !== "after") return false;
  return other.id < job.id || (other.id > job.id && RULES[other.task][job.task] === "beside");
}
