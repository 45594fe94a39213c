/** `npm start`: installs what is missing, builds what is stale, serves the app and opens it. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies, ROOT, run } from "./install.mjs";

ensureDependencies();

const vite = join(ROOT, "node_modules/vite/bin/vite.js");
if (isStale()) {
  console.log("Building Headstart …");
  const status = run(process.execPath, [vite, "build", "--logLevel", "warn"]);
  if (status !== 0) process.exit(status);
}
const hasScreen = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const open = hasScreen && !process.env.CI && process.env.BROWSER !== "none" ? ["--open"] : [];
process.exit(run(process.execPath, [vite, "preview", ...open, ...process.argv.slice(2)]));

function isStale() {
  const built = join(ROOT, "dist/index.html");
  if (!existsSync(built)) return true;
  const sources = ["src", "public", "docs", "index.html", "vite.config.ts", "scripts", "package-lock.json"];
  return Math.max(...sources.map((path) => newest(join(ROOT, path)))) > statSync(built).mtimeMs;
}

/** Time of the latest change in a file or folder, in milliseconds. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
