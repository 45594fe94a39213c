/** Words that several places use. */
export const shared = {
  cancel: "Cancel",
  colours: {
    blue: "Blue",
    orange: "Orange",
    green: "Green",
    vermilion: "Vermilion",
    pink: "Pink",
    sky: "Sky blue",
    yellow: "Yellow",
    grey: "Grey",
  },
  /** @param message what the browser says of an error that is none of the app's own */
  unknownError: (message: string) => `Something went wrong that Headstart does not know: ${message}`,
};
