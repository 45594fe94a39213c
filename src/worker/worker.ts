/** The worker's entry. */
import { expose } from "comlink";
import { createHeadstart } from "./headstart.ts";
import { registerTransferHandlers } from "./transfer.ts";

registerTransferHandlers();
expose(createHeadstart());
