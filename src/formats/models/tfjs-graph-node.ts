/** The nodes of a frozen TensorFlow graph, as a graph-model's JSON holds them. */
import * as v from "valibot";
import { FormatError } from "../errors.ts";
import type { GraphNodeProblem } from "./errors.ts";

/** Frozen graphs of image classifiers have a few thousand, constants included. */
const MAX_NODES = 10_000;

const Attribute = v.object({
  s: v.optional(v.string()),
  b: v.optional(v.boolean()),
  f: v.optional(v.number()),
  i: v.optional(v.union([v.number(), v.string()])),
  shape: v.optional(v.object({ dim: v.optional(v.array(v.object({ size: v.union([v.number(), v.string()]) }))) })),
  list: v.optional(
    v.object({ i: v.optional(v.array(v.union([v.number(), v.string()]))), s: v.optional(v.array(v.string())) }),
  ),
});
export const GraphNode = v.object({
  name: v.string(),
  op: v.string(),
  input: v.optional(v.array(v.string()), []),
  attr: v.optional(v.record(v.string(), v.unknown()), {}),
});
export type GraphNode = v.InferOutput<typeof GraphNode>;
/** Each node after those it takes from. Without recursion: a hostile graph may be one long chain. */
export function inOrder(graph: readonly GraphNode[]): GraphNode[] {
  if (graph.length > MAX_NODES)
    throw new FormatError({ code: "graph/too-many-nodes", nodes: graph.length, most: MAX_NODES });
  const byName = new Map(graph.map((node) => [node.name, node]));
  const ordered = new Set<GraphNode>();
  const open = new Set<GraphNode>();
  const path: { readonly node: GraphNode; next: number }[] = [];
  const enter = (node: GraphNode) => {
    if (ordered.has(node)) return;
    if (open.has(node)) throw new FormatError({ code: "graph/circle", node: node.name });
    open.add(node);
    path.push({ node, next: 0 });
  };
  for (const start of graph) {
    enter(start);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const input = step.node.input[step.next++];
      const source = input === undefined ? undefined : byName.get(bareName(input));
      if (source) enter(source);
      if (input !== undefined) continue;
      path.pop();
      open.delete(step.node);
      ordered.add(step.node);
    }
  }
  return [...ordered];
}

/** Base64, as the graph's texts are; empty when it is none. */
export function decodeText(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return "";
  }
}

/** `^name` marks a control input, `name:0` the first result. */
export function bareName(input: string): string {
  return input.replace(/^\^/, "").replace(/:\d+$/, "");
}

export function attribute(node: GraphNode, name: string): v.InferOutput<typeof Attribute> {
  const parsed = v.safeParse(Attribute, node.attr[name] ?? {});
  return parsed.success ? parsed.output : refuse(node, { code: "graph/attribute", attribute: name });
}

/** Height and width of an NHWC list attribute. */
export function spatial(node: GraphNode, name: string, fallback?: [number, number]): [number, number] {
  const list = attribute(node, name).list?.i?.map(Number) ?? [];
  const [vertical, horizontal] = list.length === 4 ? list.slice(1, 3) : [];
  if (vertical === undefined || horizontal === undefined)
    return fallback ?? refuse(node, { code: "graph/no-attribute", attribute: name });
  return [vertical, horizontal];
}

export function paddingOf(node: GraphNode): "SAME" | "VALID" {
  const padding = decodeText(attribute(node, "padding").s ?? "");
  if (padding !== "SAME" && padding !== "VALID") refuse(node, { code: "graph/padding", padding });
  return padding;
}

export function refuse({ name, op }: GraphNode, problem: GraphNodeProblem): never {
  throw new FormatError({ ...problem, node: name, op });
}
