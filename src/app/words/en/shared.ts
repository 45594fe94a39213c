/** Words that several places use. */
export const shared = {
  cancel: "Cancel",
  /** @param message what the browser says of an error that is none of the app's own */
  unknownError: (message: string) => `Something went wrong that Headstart does not know: ${message}`,
};
