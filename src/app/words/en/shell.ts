/** Words around the places: the top bar, the navigation, messages, and the list of projects. */
import type { Place } from "../../places.ts";
import type { Theme } from "../../store/engine.ts";
import type { Space } from "../../store/space.ts";
import { bytes, classes, count, dateTime, photos } from "./language.ts";

interface ProjectFacts {
  readonly isOpen: boolean;
  readonly photos: number;
  readonly classes: number;
  /** ISO 8601. */
  readonly changedAt: string;
}

const THEMES: Readonly<Record<Theme, string>> = { system: "same as your system", light: "light", dark: "dark" };

const ONE_TAB = "Two tabs would overwrite each other’s work, so a project can be open in only one tab at a time.";

const PLACES: Readonly<Record<Place, string>> = {
  Data: "Data",
  Train: "Train",
  Evaluate: "Evaluate",
  Use: "Use",
  Export: "Export",
};

export const shell = {
  places: PLACES,
  /** Accessible name of the navigation. */
  navigation: "Places",
  pageTitle: (place: Place) => `${PLACES[place]} – Headstart`,
  bar: {
    projectName: "Project name",
    notSaved: "Not saved: try again",
    notSavedYet: "Not saved yet",
    newProject: "New project",
    undo: "Undo",
    redo: "Redo",
    theme: "Theme",
    themeTitle: ({ now, next }: { now: Theme; next: Theme }) => `Theme: ${THEMES[now]}. Click for ${THEMES[next]}.`,
  },
  notices: {
    details: "Details",
    dismiss: "Dismiss",
  },
  noProject: {
    title: "No project is open",
    advice: "Open one from Projects, or start a new one.",
    titleElsewhere: (name: string) => `“${name}” is open in another tab`,
    adviceElsewhere: ONE_TAB,
    adviceTakenAway: `It was taken over there, so this tab no longer changes it. ${ONE_TAB}`,
    takeOver: "Use it here",
    startAnother: "Start another project",
  },
  unopened: {
    title: (name: string) => `“${name}” has not been opened again`,
    advice:
      "The last time, this page ended or did not answer while the project was being opened. Nothing in it has been changed. If it came from somebody else, delete it under Projects.",
    openOther: (name: string) => `Open “${name}”`,
    openAgain: "Open it again",
  },
  projects: {
    title: "Projects",
    close: "Close",
    facts: ({ isOpen, photos: photoCount, classes: classCount, changedAt }: ProjectFacts) =>
      [
        ...(isOpen ? ["Open now"] : []),
        photos(photoCount),
        ...(classCount ? [classes(classCount)] : []),
        dateTime(changedAt),
      ].join(" · "),
    open: "Open",
    rename: "Rename",
    newName: "New name",
    copy: "Copy",
    delete: "Delete",
    deletedSummary: (projects: number) =>
      `Deleted (${count(projects)}): deleted for good the next time Headstart is opened`,
    deletedList: "Deleted projects",
    restore: "Restore",
    storage: "Storage in use",
    space: ({ used, available, kept }: Space) =>
      `Uses ${bytes(used)} of ${bytes(available)} that this browser allows. ${
        kept
          ? "It is kept until you delete it."
          : "The browser may delete it when the disk is full, so download what you want to be sure to keep."
      }`,
  },
};
