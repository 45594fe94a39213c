/** Brings a fresh checkout to the point where everything else runs. Needs nothing but Node and npm. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findChromium } from "./chromium.mjs";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command in the project's root, its output shown. Returns its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/** Installs the packages when they are missing or older than the lock file. */
export function ensureDependencies() {
  const installed = `${ROOT}node_modules/.package-lock.json`;
  const locked = `${ROOT}package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs) return;
  console.log("Installing packages …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  if (run(npm, ["ci", "--no-audit", "--no-fund"], { shell: process.platform === "win32" }) !== 0) {
    throw new Error("The packages could not be installed. Is this machine connected to an npm registry?");
  }
}

/** Makes sure that there is a Chromium or Chrome to test in; on Debian and systems like it it installs one. */
export function ensureChromium() {
  if (findChromium()) return;
  if (existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium …");
    const asRoot = process.getuid?.() === 0 ? [] : ["sudo"];
    const apt = (...args) => {
      const [command, ...rest] = [...asRoot, "apt-get", ...args];
      return run(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    };
    apt("update", "-qq");
    if (apt("install", "-y", "-qq", "chromium") === 0) return;
  }
  throw new Error("The tests need Chromium or Chrome. Install one, or name its path in CHROMIUM_PATH.");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureDependencies();
  ensureChromium();
}
