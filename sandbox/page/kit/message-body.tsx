import type { AnyBlock } from "@slack/types";
import { Blocks } from "./blocks.tsx";
import { Mrkdwn, Scrolling } from "./text.tsx";

interface MessageBodyProps {
  text: string;
  blocks: readonly AnyBlock[];
  headingLevel?: 2 | 3 | 4 | 5 | 6;
}

/** What a message shows: its blocks, or its text where it has none. */
export function MessageBody({ text, blocks, headingLevel = 3 }: MessageBodyProps) {
  if (blocks.length > 0) return <Blocks blocks={blocks} headingLevel={headingLevel} />;
  return (
    <Scrolling text={text}>
      <Mrkdwn text={text} />
    </Scrolling>
  );
}
