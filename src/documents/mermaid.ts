/** A node of a graph: its id (our own, such as `F1`) and what it says. */
export interface GraphNode {
  id: string;
  label: string;
}

/**
 * A graph that GitHub draws (docs.github.com, creating diagrams): nodes and which of them belong
 * together. What people wrote becomes a label of letters, digits and plain marks alone, so that nothing
 * in it can end the label or the block, or be read as Mermaid's own words.
 */
export function graph(
  nodes: readonly GraphNode[],
  edges: readonly (readonly [from: string, to: string])[],
): string {
  return [
    "```mermaid",
    "graph LR",
    ...nodes.map(({ id, label }) => `  ${id}["${plainLabel(label, 90)}"]`),
    ...edges.map(([from, to]) => `  ${from} --- ${to}`),
    "```",
  ].join("\n");
}

/** An arrow of a flow: what led to what, or dotted, what hid it. */
export interface FlowEdge {
  from: string;
  to: string;
  isDotted?: boolean;
}

/**
 * A flow from top to bottom that GitHub draws (mermaid.js.org, flowcharts): conditions lead down to what
 * users saw. Labels are made harmless as those of `graph` are.
 */
export function flow(nodes: readonly GraphNode[], edges: readonly FlowEdge[]): string {
  return [
    "```mermaid",
    "graph TD",
    ...nodes.map(({ id, label }) => `  ${id}["${plainLabel(label, 120)}"]`),
    ...edges.map(({ from, to, isDotted }) => `  ${from} ${isDotted ? "-.->" : "-->"} ${to}`),
    "```",
  ].join("\n");
}

function plainLabel(text: string, limit: number): string {
  const plain = text
    .toWellFormed()
    .normalize("NFKC")
    .replaceAll(";", ",")
    .replaceAll("&", " and ")
    .replaceAll(/[^\p{L}\p{M}\p{N} ,.:%()+/-]/gu, " ")
    // "//" and "www." would be made a link, ":" between words is harmless
    .replaceAll(/\/{2,}/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (plain.length <= limit) return plain || "no words";
  return `${plain
    .slice(0, limit - 1)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()}…`;
}
