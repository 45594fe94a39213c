/** The entry of the worker that stores: it answers at once, whatever the engine is at. */
import { expose } from "comlink";
import { createStoring } from "./doors/storing.ts";
import { startPulse } from "./pulse.ts";
import { registerTransferHandlers } from "./transfer.ts";

startPulse();
registerTransferHandlers();
expose(createStoring());
