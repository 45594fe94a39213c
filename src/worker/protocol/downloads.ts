/** The lock that the page holds while the browser copies a file that was put together on disk. */
export { downloadLock } from "../../storage/downloads.ts";
