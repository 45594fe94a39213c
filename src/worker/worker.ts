/** The engine's entry. */
import { expose } from "comlink";
import { createEngine } from "./headstart.ts";
import { startPulse } from "./pulse.ts";
import { answeringLast, registerTransferHandlers } from "./transfer.ts";

startPulse();
registerTransferHandlers();
expose(answeringLast(createEngine()));
