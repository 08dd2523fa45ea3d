/**
 * What is changed in a Markdown tree before it is shown. The tree is remark's (mdast); of it only what
 * is used here is named.
 */
export interface MarkdownNode {
  type: string;
  value?: string;
  /** 1 to 6, of a heading. */
  depth?: number;
  children?: MarkdownNode[];
  data?: { hName?: string; hProperties?: Record<string, unknown> };
}

export interface Reading {
  /** The level that the first heading gets; what is below it follows without a gap. */
  level: number;
  /** Whether a line break in the text is one on the screen: in issues and comments, not in files. */
  keepsBreaks: boolean;
}

/** Deeper than anything people write. Reading more would hold the page up. */
const deepest = 60;

/** Whether a line begins with more quotes and lists within each other than anybody writes. */
export function isTooDeep(text: string): boolean {
  return /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){60}/m.test(text);
}

/**
 * A plugin for remark: HTML is text, and its comments are not seen, as on GitHub; headings follow on the headings of the
 * page without a gap, and look as they would have. Throws where the text is nested too deeply to show.
 */
export function remarkReading(reading: Reading): (tree: MarkdownNode) => void {
  return (tree) => {
    const outline: number[] = [];
    tidy(tree, 0, (heading) => {
      const depth = heading.depth ?? 1;
      while ((outline.at(-1) ?? 0) >= depth) outline.pop();
      outline.push(depth);
      heading.data = {
        ...heading.data,
        hName: `h${Math.min(6, reading.level + outline.length - 1)}`,
        hProperties: { className: [`gh-h${depth}`] },
      };
    });
    if (reading.keepsBreaks) breakLines(tree);
  };
}

function tidy(node: MarkdownNode, depth: number, onHeading: (heading: MarkdownNode) => void): void {
  if (depth > deepest) throw new Error("nested too deeply");
  if (node.type === "heading") onHeading(node);
  if (!node.children) return;
  const isInLine = node.type !== "root" && !hasBlocks.has(node.type);
  node.children = node.children.flatMap((child) => {
    if (child.type !== "html") return [child];
    const value = withoutComments(child.value ?? "");
    if (value.trim() === "") return [];
    const text = { type: "text", value };
    return [isInLine ? text : { type: "paragraph", children: [text] }];
  });
  for (const child of node.children) tidy(child, depth + 1, onHeading);
}

const hasBlocks = new Set(["blockquote", "listItem", "footnoteDefinition"]);

/** A comment that is not closed reaches to the end of its block. */
function withoutComments(html: string): string {
  return html.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, "");
}

function breakLines(node: MarkdownNode): void {
  if (!node.children) return;
  node.children = node.children.flatMap((child) => {
    breakLines(child);
    if (child.type !== "text" || !child.value?.includes("\n")) return [child];
    return child.value
      .split(/[ \t]*\n[ \t]*/)
      .flatMap((value, index) => [
        ...(index > 0 ? [{ type: "break" }] : []),
        ...(value === "" ? [] : [{ type: "text", value }]),
      ]);
  });
}
