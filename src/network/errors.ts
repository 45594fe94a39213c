/** A graph that cannot be: names the network's node and what is wrong with it. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}
