/** What can go wrong behind the door. */

export type WorkerFault = never;
