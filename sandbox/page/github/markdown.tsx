import { type ComponentProps, type ReactNode, useId, useMemo } from "react";
import ReactMarkdown, { type Components, type ExtraProps, type Options } from "react-markdown";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import { ScrollBox } from "#sandbox/page/panes/scroll-box.tsx";
import { Code } from "./code.tsx";
import { FrontMatter } from "./front-matter.tsx";
import { TextLink, webAddress } from "./link.tsx";
import { isTooDeep, type Reading, remarkReading } from "./markdown-tree.ts";
import { Mermaid } from "./mermaid.tsx";
import "./markdown.css";

/** Where reading it would make the page slow, it is shown as it stands. GitHub takes 65,536 for a body. */
const longest = 200_000;

/**
 * Markdown as GitHub shows it. HTML in it is shown as text, images as links, and links lead to the web
 * alone; what cannot be read is shown as it stands.
 */
export function Markdown({ text, level, keepsBreaks }: Reading & { text: string }) {
  const id = useId();
  const content = useMemo(
    () => rendered(text, { level, keepsBreaks }, id),
    [text, level, keepsBreaks, id],
  );
  return <div className="gh-md">{content}</div>;
}

function rendered(text: string, reading: Reading, id: string): ReactNode {
  if (text.length > longest || isTooDeep(text)) {
    return <AsItStands text={text} why="This is too long or too deeply nested to be rendered." />;
  }
  try {
    return ReactMarkdown({
      children: text,
      remarkPlugins: [remarkFrontmatter, remarkGfm, [remarkReading, reading]],
      remarkRehypeOptions: {
        clobberPrefix: `${id}-`,
        footnoteLabelTagName: `h${Math.min(6, reading.level)}`,
        handlers: { yaml: frontMatterNode },
      },
      urlTransform,
      components,
    });
  } catch {
    return <AsItStands text={text} why="This cannot be rendered." />;
  }
}

function AsItStands({ text, why }: { text: string; why: string }) {
  return (
    <>
      <p>{why} Its source:</p>
      <Code text={text} />
    </>
  );
}

const urlTransform: NonNullable<Options["urlTransform"]> = (url, key) =>
  key === "href" && url.startsWith("#") ? url : webAddress(url);

const frontMatterNode = (_state: unknown, node: { value?: string }) => ({
  type: "element" as const,
  tagName: "gh-front-matter",
  properties: { value: node.value ?? "" },
  children: [],
});

type Element = NonNullable<ExtraProps["node"]>;
type ElementContent = Element | Element["children"][number];
type Props<Name extends keyof React.JSX.IntrinsicElements> = ComponentProps<Name> & ExtraProps;

/** People write in all directions: each part of the text has its own. */
const directed = {
  p: ({ node: _node, ...props }: Props<"p">) => <p dir="auto" {...props} />,
  h1: ({ node: _node, id: _id, ...props }: Props<"h1">) => <h1 dir="auto" {...props} />,
  h2: ({ node: _node, id: _id, ...props }: Props<"h2">) => <h2 dir="auto" {...props} />,
  h3: ({ node: _node, id: _id, ...props }: Props<"h3">) => <h3 dir="auto" {...props} />,
  h4: ({ node: _node, id: _id, ...props }: Props<"h4">) => <h4 dir="auto" {...props} />,
  h5: ({ node: _node, id: _id, ...props }: Props<"h5">) => <h5 dir="auto" {...props} />,
  h6: ({ node: _node, id: _id, ...props }: Props<"h6">) => <h6 dir="auto" {...props} />,
  li: ({ node: _node, ...props }: Props<"li">) => (
    <li dir="auto" tabIndex={partOf(props)} {...props} />
  ),
  blockquote: ({ node: _node, ...props }: Props<"blockquote">) => (
    <blockquote dir="auto" {...props} />
  ),
  td: ({ node, ...props }: Props<"td">) => <td dir="auto" {...props} className={widthOf(node)} />,
} satisfies Components;

const components = {
  ...directed,
  a: ({ href, id, children }: Props<"a">) => (
    <TextLink {...(href === undefined ? {} : { href })} {...(id === undefined ? {} : { id })}>
      {children}
    </TextLink>
  ),
  img: ({ src, alt }: Props<"img">) => (
    <TextLink {...(typeof src === "string" ? { href: src } : {})}>
      Image: {alt === undefined || alt === "" ? "without a description" : alt}
    </TextLink>
  ),
  input: ({ checked }: Props<"input">) => (
    <input
      type="checkbox"
      checked={checked ?? false}
      disabled
      aria-label={checked ? "done" : "to do"}
    />
  ),
  table: ({ node: _node, ...props }: Props<"table">) => (
    <ScrollBox label="Table">
      <table {...props} />
    </ScrollBox>
  ),
  // an empty head says nothing of its column
  th: ({ node, ...props }: Props<"th">) =>
    node?.children.length === 0 ? <td /> : <th dir="auto" scope="col" {...props} />,
  pre: ({ node, children }: Props<"pre">) => {
    const code = codeOf(node);
    if (code?.language === "mermaid") return <Mermaid source={code.text} />;
    return code ? <Code text={code.text} label="Code" /> : <pre>{children}</pre>;
  },
  "gh-front-matter": ({ value }: { value?: string }) => <FrontMatter yaml={value ?? ""} />,
} as Components;

/** Of a cell: a date is not torn apart, and a sentence not laid out word by word. */
function widthOf(cell: Props<"td">["node"]): "gh-short" | "gh-long" | undefined {
  const length = lengthOf(cell);
  if (length <= 18) return "gh-short";
  return length > 30 ? "gh-long" : undefined;
}

function lengthOf(node: ElementContent | undefined): number {
  if (node?.type === "text") return node.value.length;
  if (node?.type !== "element") return 0;
  return node.children.reduce((length, child) => length + lengthOf(child), 0);
}

/** A footnote is gone to from the text. */
function partOf({ id }: { id?: string | undefined }): -1 | undefined {
  return id === undefined ? undefined : -1;
}

function codeOf(pre: Props<"pre">["node"]): { language: string; text: string } | undefined {
  const code = pre?.children[0];
  if (code?.type !== "element" || code.tagName !== "code") return undefined;
  const names = code.properties["className"];
  const name: unknown = Array.isArray(names) ? names[0] : undefined;
  const language = typeof name === "string" ? name.replace(/^language-/, "") : "";
  const text = code.children.map((child) => (child.type === "text" ? child.value : "")).join("");
  return { language, text: text.replace(/\n$/, "") };
}
