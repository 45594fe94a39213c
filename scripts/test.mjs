/** `npm test`: installs what is missing, Chromium included, and runs every test. Arguments go to Vitest. */
import { join } from "node:path";
import { ensureChromium, ensureDependencies, ROOT, run } from "./install.mjs";

ensureDependencies();
ensureChromium();
process.exit(
  run(process.execPath, [
    join(ROOT, "node_modules/vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=./tests/summary-reporter.ts",
    ...process.argv.slice(2),
  ]),
);
