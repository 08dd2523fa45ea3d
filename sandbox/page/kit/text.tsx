import type { MrkdwnElement, PlainTextElement } from "@slack/types";
import type { ReactNode } from "react";
import { withEmoji } from "./emoji.ts";
import { type Inline, parseMrkdwn, type Part } from "./mrkdwn.ts";
import { ReferenceText } from "./references.tsx";
import "./text.css";

/** A text object, or what it says. */
export type PlainTextLike = string | Pick<PlainTextElement, "text" | "emoji">;

/** What a `plain_text` shows, as a plain string: only `:emoji:` are read, and not where it says so. */
export function plainTextOf(text: PlainTextLike | undefined): string {
  if (text === undefined) return "";
  if (typeof text === "string") return withEmoji(text);
  return text.emoji === false ? text.text : withEmoji(text.text);
}

/** A `plain_text`. Whatever its letters do, they do it within it. */
export function Plain({ text }: { text: PlainTextLike }) {
  return <bdi className="bk-plain">{plainTextOf(text)}</bdi>;
}

/** Text in Slack's mrkdwn. `verbatim`: addresses that stand bare in it are no links. */
export function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  const parts = parseMrkdwn(text, { linksBare: !verbatim });
  return (
    <div className="bk-mrkdwn" dir="auto">
      <Parts parts={parts} />
    </div>
  );
}

/** A text object of either kind, as a block of its own. */
export function TextBlock({ text }: { text: PlainTextElement | MrkdwnElement }) {
  return (
    <Scrolling text={text.text}>
      {text.type === "mrkdwn" ? (
        <Mrkdwn text={text.text} verbatim={text.verbatim ?? false} />
      ) : (
        <div className="bk-paragraph" dir="auto">
          {plainTextOf(text)}
        </div>
      )}
    </Scrolling>
  );
}

/** Within a line: an option's text, a label. */
export function TextInline({ text }: { text: PlainTextElement | MrkdwnElement }) {
  if (text.type !== "mrkdwn") return <Plain text={text} />;
  const parts = parseMrkdwn(text.text, { linksBare: !text.verbatim });
  const inline = parts.flatMap(inlineOf);
  return (
    <bdi className="bk-plain">
      <Inlines inlines={inline} />
    </bdi>
  );
}

const longText = 4_000;
const manyLines = 60;

/** A huge text scrolls in a box of its own, so that what comes after it stays in reach. */
export function Scrolling({ text, children }: { text: string; children: ReactNode }) {
  const isHuge = text.length > longText || text.split("\n", manyLines + 1).length > manyLines;
  if (!isHuge) return children;
  return (
    // what scrolls can be scrolled by keyboard
    <div className="bk-scrolls" role="group" aria-label="Long text" tabIndex={0}>
      {children}
    </div>
  );
}

function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, index) => <PartText key={index} part={part} />);
}

function PartText({ part }: { part: Part }) {
  switch (part.is) {
    case "quote":
      return (
        <blockquote className="bk-quote">
          <Parts parts={part.children} />
        </blockquote>
      );
    case "pre":
      return (
        <pre className="bk-pre">
          <code>
            <Inlines inlines={part.children} />
          </code>
        </pre>
      );
    case "paragraph":
      return (
        <div className="bk-paragraph" dir="auto">
          <Inlines inlines={part.children} />
        </div>
      );
    default:
      return part satisfies never;
  }
}

/** Text within a line, formatted. */
function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map((inline, index) => <InlineText key={index} inline={inline} />);
}

function InlineText({ inline }: { inline: Inline }) {
  switch (inline.is) {
    case "text":
      return <Letters text={inline.text} />;
    case "bold":
      return (
        <strong>
          <Inlines inlines={inline.children} />
        </strong>
      );
    case "italic":
      return (
        <em>
          <Inlines inlines={inline.children} />
        </em>
      );
    case "strike":
      return (
        <s>
          <Inlines inlines={inline.children} />
        </s>
      );
    case "code":
      return (
        <code className="bk-code">
          <Inlines inlines={inline.children} />
        </code>
      );
    case "emoji":
      return <Emoji name={inline.name} character={inline.character} />;
    default:
      return <ReferenceText to={inline} />;
  }
}

/** Marks that turn the direction of what follows end with the text they stand in. */
function Letters({ text }: { text: string }) {
  return /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(text) ? <bdi>{text}</bdi> : text;
}

/** An emoji, which screen readers say by its name. */
export function Emoji({ name, character }: { name: string; character: string }) {
  return (
    <span
      className="bk-emoji"
      role="img"
      aria-label={name.replaceAll("_", " ")}
      title={`:${name}:`}
    >
      {character}
    </span>
  );
}

function inlineOf(part: Part): Inline[] {
  return part.is === "quote" ? part.children.flatMap(inlineOf) : part.children;
}
