import { CONTENT_SECURITY_POLICY } from "./policy.ts";

/** SharedArrayBuffer, and with it threaded WebAssembly, exists only on pages, and in their workers, that came with these. */
export const ISOLATION: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** What a host should send with every file of the app. */
export const HEADERS: Readonly<Record<string, string>> = {
  ...ISOLATION,
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
};

/** The response with all of these headers. Those that the host sent stay as they are. */
export function withHeaders(response: Response): Response {
  // Redirects for the browser to follow: nobody may read them, or make one like them.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
