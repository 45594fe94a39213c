/** A file host that knows nothing of the app: it can be without any headers, get another build, and go down. */
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

export interface Host {
  readonly url: string;
  /** How often the page itself was asked for. */
  pageLoads(): number;
  /** Serves the files of another folder from now on. */
  serve(folder: string): void;
  /** Nobody answers any more. */
  close(): Promise<void>;
}

const FOLDER = "/some/path/quick/";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
};

/** @param headers sent with every file */
export async function startHost(folder: string, headers: Readonly<Record<string, string>> = {}): Promise<Host> {
  let served = folder;
  let pageLoads = 0;
  const server = createServer(({ url = "" }, response) => {
    const { pathname } = new URL(url, "http://host");
    if (pathname === FOLDER) pageLoads += 1;
    const path = join(served, normalize(pathname.slice(FOLDER.length) || "index.html"));
    if (!pathname.startsWith(FOLDER) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", ...headers });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The host has no port");
  return {
    url: `http://127.0.0.1:${address.port}${FOLDER}`,
    pageLoads: () => pageLoads,
    serve(next) {
      served = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
