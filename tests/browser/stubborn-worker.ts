/** A worker that can be made to answer nobody any more. */
import { expose } from "comlink";
import { startPulse } from "../../src/worker/pulse.ts";
import { registerTransferHandlers } from "../../src/worker/transfer.ts";

const stubborn = {
  async echo(text: string): Promise<string> {
    return text;
  },
  async hang(): Promise<void> {
    for (;;);
  },
  /** Ends only when it wants to. */
  async ignore(_signal: AbortSignal): Promise<void> {
    await new Promise(() => undefined);
  },
};
export type Stubborn = typeof stubborn;

startPulse();
registerTransferHandlers();
expose(stubborn);
