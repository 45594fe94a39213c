/** The worker's entry. */
import { expose } from "comlink";
import { createHeadstart } from "./headstart.ts";
import { answeringLast, registerTransferHandlers } from "./transfer.ts";

registerTransferHandlers();
expose(answeringLast(createHeadstart()));
