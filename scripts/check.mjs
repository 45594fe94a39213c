/** `npm run check`: types beside lint, import rules and unused code, since types take as long as all others together. */
import { spawn } from "node:child_process";
import { ROOT } from "./install.mjs";

/**
 * @param {string} name of a script in package.json
 * @returns {Promise<boolean>} whether it found nothing; what it says is printed when it is over
 */
function passes(name) {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", name], { cwd: ROOT, shell: process.platform === "win32" });
    /** @type {Buffer[]} */
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => said.push(part));
    child.on("close", (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}

/** @param {string[]} names */
async function allPass(...names) {
  let all = true;
  for (const name of names) all = (await passes(name)) && all;
  return all;
}

const results = await Promise.all([allPass("check:types"), allPass("check:lint", "check:imports", "check:unused")]);
process.exit(results.every(Boolean) ? 0 : 1);
