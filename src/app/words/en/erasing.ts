import type { Erased } from "../../../worker/protocol/index.ts";
import { bytes, files, list, plural } from "./language.ts";

interface Going {
  readonly projects: number;
  readonly saved: number;
  /** Base models that were added or downloaded. */
  readonly bases: number;
}

/** Erasing everything. */
export const erasing = {
  forGood: "Delete for good",
  forgotten: (name: string) => `“${name}” and its photos are deleted for good.`,
  erase: "Erase everything",
  confirm: "Erase everything now",
  goes: ({ projects, saved, bases }: Going) =>
    `This removes everything that Headstart keeps in this browser: ${list([
      `${plural(projects, { one: "# project", other: "# projects" })} with photos, labels and trainings`,
      ...(saved ? [plural(saved, { one: "# saved model", other: "# saved models" })] : []),
      ...(bases ? [plural(bases, { one: "# added base model", other: "# added base models" })] : []),
      "your settings",
      "the copy of the app for offline use",
    ])}. What is under way in any tab is lost. Files in your downloads stay. This cannot be undone.`,
  title: ({ left }: Erased) => (left.length ? "Not everything could be erased" : "Everything is erased"),
  removed: ({ databases, files: found, caches, left, bytes: size }: Erased & { readonly bytes: number | null }) =>
    [
      `Removed: ${list([
        plural(databases, { one: "# database", other: "# databases" }),
        files(found),
        plural(caches, { one: "# cache", other: "# caches" }),
        "all settings",
      ])}${size === null ? "" : `, ${bytes(size)} in all`}.`,
      ...(left.length
        ? [`Still there: ${list(left)}. Close all other tabs of this page, start anew and erase everything again.`]
        : []),
    ].join(" "),
  startAnew: "Start anew",
};
