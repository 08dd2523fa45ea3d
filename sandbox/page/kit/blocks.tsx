import type { AnyBlock, HeaderBlock, KnownBlock } from "@slack/types";
import { createContext, useContext } from "react";
import { ImageBlockView } from "./image.tsx";
import { InputBlockView } from "./input-block.tsx";
import { Catching, NotDrawn } from "./not-drawn.tsx";
import { RichTextView } from "./rich-text.tsx";
import { ActionsView, ContextView, SectionView } from "./section.tsx";
import { Plain } from "./text.tsx";
import { valuedElement } from "./values.ts";
import "./blocks.css";
import "./controls.css";

type HeadingLevel = 2 | 3 | 4 | 5 | 6;
const Heading = createContext<HeadingLevel>(3);

interface BlocksProps {
  blocks: readonly AnyBlock[];
  /** Of header blocks: one below the heading they stand under. */
  headingLevel?: HeadingLevel;
}

/** Block Kit, as Slack draws it; where and for whom is told by the surface around it. */
export function Blocks({ blocks, headingLevel = 3 }: BlocksProps) {
  return (
    <Heading value={headingLevel}>
      <div className="bk-blocks">
        {withKeys(blocks).map(([key, block]) => (
          <Catching key={key} kind={block.type}>
            <BlockView block={block as KnownBlock} />
          </Catching>
        ))}
      </div>
    </Heading>
  );
}

/**
 * What holds a value is itself by its block_id. Ids that Slack gives are others in the next version of a
 * view: what has none of its own is itself by its place among its kind, and keeps the focus.
 */
function withKeys(blocks: readonly AnyBlock[]): [key: string, block: AnyBlock][] {
  const counts = new Map<string, number>();
  return blocks.map((block) => {
    const isField = valuedElement(block) !== undefined && block.block_id !== undefined;
    const kind = isField ? `field ${block.block_id}` : block.type;
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return [`${kind} ${count}`, block];
  });
}

function BlockView({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case "section":
      return <SectionView block={block} />;
    case "header":
      return <HeaderView block={block} />;
    case "context":
      return <ContextView block={block} />;
    case "divider":
      return <hr className="bk-divider" />;
    case "image":
      return <ImageBlockView block={block} />;
    case "actions":
      return <ActionsView block={block} />;
    case "input":
      return <InputBlockView block={block} />;
    case "rich_text":
      return <RichTextView block={block} />;
    case "markdown":
      return <NotDrawn kind="markdown" text={block.text} />;
    default:
      return <NotDrawn kind={block.type} />;
  }
}

function HeaderView({ block }: { block: HeaderBlock }) {
  const Tag = `h${useContext(Heading)}` as const;
  return (
    <Tag className="bk-header" dir="auto">
      <Plain text={block.text} />
    </Tag>
  );
}
