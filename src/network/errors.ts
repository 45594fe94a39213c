import { CodedError } from "../errors/coded-error.ts";

type Shape = readonly number[];

/** Shapes are per sample, without the batch dimension. `node` is a node's name, `op` its operation. */
export type NetworkFault =
  | NodeFault
  | { readonly code: "network/input-shape"; readonly input: string; readonly shape: Shape }
  | { readonly code: "network/not-these-photos"; readonly shape: Shape; readonly photo: Shape }
  | { readonly code: "network/class-count"; readonly classes: number; readonly shape: Shape }
  | { readonly code: "network/no-embedding"; readonly node: string }
  | { readonly code: "network/no-output"; readonly output: string }
  | { readonly code: "network/same-name"; readonly node: string }
  | { readonly code: "network/not-a-number"; readonly node: string; readonly part: string }
  | { readonly code: "network/negative-variance"; readonly node: string }
  | { readonly code: "network/too-many-nodes"; readonly most: number }
  | { readonly code: "network/too-many-weights"; readonly most: number }
  /** Of arithmetic for one photo. */
  | { readonly code: "network/too-slow"; readonly steps: number; readonly most: number }
  | { readonly code: "network/no-feature-map"; readonly network: string };

/** A node that does not fit those it takes from. */
export type NodeFault = NodeMisfit & { readonly node: string; readonly op: string };

export type NodeMisfit =
  | { readonly code: "network/unknown-source"; readonly source: string }
  | { readonly code: "network/no-input" }
  | { readonly code: "network/result-shape"; readonly shape: Shape }
  | { readonly code: "network/channels"; readonly kernel: number; readonly input: number }
  | { readonly code: "network/features"; readonly kernel: number; readonly input: Shape }
  | { readonly code: "network/part-length"; readonly part: string; readonly length: number; readonly expected: number }
  | { readonly code: "network/kernel-shape"; readonly shape: Shape }
  | { readonly code: "network/kernel-length"; readonly shape: Shape; readonly length: number }
  | { readonly code: "network/epsilon"; readonly epsilon: number }
  | { readonly code: "network/padding"; readonly sides: Shape }
  | { readonly code: "network/reshape"; readonly from: Shape; readonly to: Shape }
  | { readonly code: "network/add"; readonly first: Shape; readonly other: Shape }
  | { readonly code: "network/multiply"; readonly first: Shape; readonly other: Shape }
  | { readonly code: "network/crop"; readonly sides: Shape; readonly from: Shape }
  | { readonly code: "network/slope"; readonly slope: number }
  | { readonly code: "network/part-shape"; readonly part: string; readonly shape: Shape; readonly input: Shape }
  | { readonly code: "network/join"; readonly first: Shape; readonly other: Shape }
  | { readonly code: "network/window" }
  | { readonly code: "network/pool-window"; readonly window: Shape; readonly input: Shape }
  | { readonly code: "network/not-a-map"; readonly shape: Shape };

/** A graph that cannot be: names the network's node and what is wrong with it. */
export class NetworkError extends CodedError<NetworkFault> {
  override readonly name = "NetworkError";
}
