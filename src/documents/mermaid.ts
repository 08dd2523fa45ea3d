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
    ...nodes.map(({ id, label }) => `  ${id}["${plainLabel(label)}"]`),
    ...edges.map(([from, to]) => `  ${from} --- ${to}`),
    "```",
  ].join("\n");
}

const labelLimit = 90;

function plainLabel(text: string): string {
  const plain = text
    .toWellFormed()
    .normalize("NFKC")
    .replaceAll(/[^\p{L}\p{M}\p{N} ,.:%()+/-]/gu, " ")
    // "//" and "www." would be made a link, ":" between words is harmless
    .replaceAll(/\/{2,}/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (plain.length <= labelLimit) return plain || "no words";
  return `${plain
    .slice(0, labelLimit - 1)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()}…`;
}
