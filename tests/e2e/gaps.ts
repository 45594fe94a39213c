/** Stands before the server that the app comes from, and can be told not to answer: Playwright's routes do not see what a worker's worker asks for. */
import { createServer } from "node:http";

export interface Gaps {
  /** Where the app is served. */
  readonly url: string;
  /** The paths that were asked for, and answered, so far. */
  readonly answered: readonly string[];
  /** From now on the connection breaks off where these paths are asked for; null for none. */
  breakAt(paths: RegExp | null): void;
  close(): Promise<void>;
}

export async function serveWithGaps(appUrl: string): Promise<Gaps> {
  let gone: RegExp | null = null;
  const answered: string[] = [];
  const server = createServer(async (request, answer) => {
    const path = request.url ?? "/";
    if (gone?.test(path)) return request.socket.destroy();
    const response = await fetch(new URL(path, appUrl));
    const body = Buffer.from(await response.arrayBuffer());
    answered.push(path);
    for (const [name, value] of response.headers) {
      if (!/^(content-(encoding|length)|transfer-encoding|connection|etag|cache-control)$/.test(name)) {
        answer.setHeader(name, value);
      }
    }
    // Or the browser would have at hand what is gone.
    answer.setHeader("cache-control", "no-store");
    answer.writeHead(response.status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  const url = new URL(appUrl);
  url.port = `${address.port}`;
  return {
    url: url.href,
    answered,
    breakAt(paths) {
      gone = paths;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
