/** SharedArrayBuffer, and with it threaded WebAssembly, exists only on pages, and in their workers, that came with these. */
export const ISOLATION: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** The response with the headers of cross-origin isolation. Those that the host sent stay as they are, a Content-Security-Policy too. */
export function isolated(response: Response): Response {
  // Redirects for the browser to follow: nobody may read them, or make one like them.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
