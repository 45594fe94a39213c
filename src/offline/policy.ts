/** What the app may load and reach, for the page and for its workers. */

/** Hosts beside the app's own that base models may be fetched from. */
const MODEL_HOSTS = ["https://storage.googleapis.com", "https://tfhub.dev", "https://www.kaggle.com"];

/**
 * Scripts and data come from the app's own host. Base models may also be fetched from the hosts of the catalogue and from
 * this machine; photos have nowhere to go.
 *
 * The page carries it itself. A worker takes its policy from the response that its script came with, so that it has to be a
 * header too: of the host, or of the service worker where the host sends none.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // The threads of TensorFlow.js's WebAssembly are scripts that it makes itself.
  "script-src 'self' 'wasm-unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  `connect-src 'self' blob: data: ${MODEL_HOSTS.join(" ")} http://localhost:* http://127.0.0.1:*`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
