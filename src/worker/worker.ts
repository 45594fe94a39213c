/** The worker's entry. */
import { expose } from "comlink";
import { createHeadstart } from "./headstart.ts";
import { startPulse } from "./pulse.ts";
import { answeringLast, registerTransferHandlers } from "./transfer.ts";

startPulse();
registerTransferHandlers();
expose(answeringLast(createHeadstart()));
