/** What the app may load and reach, for the page and for its workers. */

/** Where base models may be fetched from beside the app's own host and this machine: what lies on or below these addresses. */
export const MODEL_SOURCES = [
  "https://storage.googleapis.com/teachable-machine-models/",
  "https://storage.googleapis.com/tfjs-models/",
  "https://storage.googleapis.com/tensorflow/keras-applications/",
  "https://tfhub.dev/",
  // Where that sends its visitors.
  "https://www.kaggle.com/",
];
const THIS_MACHINE = ["localhost", "127.0.0.1"];

/**
 * Whether the policy lets a base model be fetched from there.
 * @param ownOrigin the app's
 * @param isAfterRedirect then only the host counts, as in the policy: https://www.w3.org/TR/CSP3/#match-paths
 */
export function mayFetch(
  { href, origin, hostname, protocol }: URL,
  ownOrigin: string,
  isAfterRedirect = false,
): boolean {
  if (origin === ownOrigin || (protocol === "http:" && THIS_MACHINE.includes(hostname))) return true;
  return MODEL_SOURCES.some((source) =>
    isAfterRedirect ? new URL(source).origin === origin : href.startsWith(source),
  );
}

/**
 * Scripts and data come from the app's own host. Base models may also be fetched from where the catalogue's lie and from
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
  `connect-src 'self' blob: data: ${MODEL_SOURCES.join(" ")} ${THIS_MACHINE.map((host) => `http://${host}:*`).join(" ")}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
