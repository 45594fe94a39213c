/**
 * `npm test`: installs what is missing, Chromium included, and runs every test. Arguments go to Vitest, but for two:
 * with `--thorough`, GPUs that are imitated in software do as much as the other backends; with `--gpu`, this machine's GPU takes their
 * place, and does so too.
 */
import { join } from "node:path";
import { ensureChromium, ensureDependencies, ROOT, run } from "./install.mjs";

const given = process.argv.slice(2);
if (given.includes("--gpu")) process.env.HEADSTART_GPU = "1";
// Tests in Node and in Chromium both see variables of this prefix.
if (given.includes("--thorough") || given.includes("--gpu")) process.env.VITE_THOROUGH = "1";
ensureDependencies();
ensureChromium();
process.exit(
  run(process.execPath, [
    join(ROOT, "node_modules/vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=./tests/summary-reporter.ts",
    ...given.filter((argument) => argument !== "--thorough" && argument !== "--gpu"),
  ]),
);
