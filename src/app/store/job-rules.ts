/** What may run beside what. */

/** Long work that the page shows. */
export const JOB_KINDS = ["import", "prepare", "train", "look", "export", "open", "download"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** What may be asked for while jobs are under way: another job, or a step that would pull the ground from under them. */
export type Request = JobKind | "switch" | "undo";

/** `beside`: both run. `after`: it waits for the other to end. `never`: it is refused, and why is told. */
export type Rule = "beside" | "after" | "never";

/**
 * For each request, what happens while a job of each kind is under way. `prepare` stands for the photos that a training or a
 * look prepares first, `switch` for opening, starting or deleting another project, `undo` for undo and redo.
 */
export const RULES: Readonly<Record<Request, Readonly<Record<JobKind, Rule>>>> = {
  import: {
    import: "never",
    prepare: "beside",
    train: "beside",
    look: "beside",
    export: "beside",
    open: "never",
    download: "beside",
  },
  prepare: {
    import: "after",
    prepare: "never",
    train: "never",
    look: "after",
    export: "beside",
    open: "never",
    download: "beside",
  },
  train: {
    import: "after",
    prepare: "never",
    train: "never",
    look: "after",
    export: "beside",
    open: "never",
    download: "beside",
  },
  look: {
    import: "after",
    prepare: "never",
    train: "never",
    look: "never",
    export: "beside",
    open: "never",
    download: "beside",
  },
  export: {
    import: "after",
    prepare: "beside",
    train: "beside",
    look: "beside",
    export: "never",
    open: "never",
    download: "beside",
  },
  open: {
    import: "never",
    prepare: "never",
    train: "never",
    look: "never",
    export: "never",
    open: "never",
    download: "beside",
  },
  download: {
    import: "beside",
    prepare: "beside",
    train: "beside",
    look: "beside",
    export: "beside",
    open: "beside",
    download: "never",
  },
  switch: {
    import: "never",
    prepare: "never",
    train: "never",
    look: "beside",
    export: "beside",
    open: "beside",
    download: "beside",
  },
  undo: {
    import: "never",
    prepare: "beside",
    train: "beside",
    look: "beside",
    export: "beside",
    open: "beside",
    download: "beside",
  },
};

export type Verdict = { readonly rule: "beside" } | { readonly rule: "after" | "never"; readonly because: JobKind };

/** What the rules say of a request while these jobs are under way: the strictest rule, and the job that asks for it. */
export function verdictOn(request: Request, underWay: readonly JobKind[]): Verdict {
  const strictest = (rule: Rule) => underWay.find((kind) => RULES[request][kind] === rule);
  const never = strictest("never");
  if (never) return { rule: "never", because: never };
  const after = strictest("after");
  return after ? { rule: "after", because: after } : { rule: "beside" };
}
