/** Whether the app opens without a network, and its new versions. */
export const version = {
  /** Accessible name of the line. */
  label: "Version",
  worksOffline: "Works offline.",
  newOne: "A new version is ready.",
  use: "Use the new version",
};
