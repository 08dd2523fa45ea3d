import type { RichTextBlock, RichTextBlockElement, RichTextElement } from "@slack/types";
import type { ReactNode } from "react";
import { emojiOf } from "./emoji.ts";
import type { Reference } from "./mrkdwn.ts";
import { NotDrawn } from "./not-drawn.tsx";
import { ReferenceText } from "./references.tsx";
import { Emoji } from "./text.tsx";

/** Text that is data already: nothing in it is read as markup. */
export function RichTextView({ block }: { block: RichTextBlock }) {
  return (
    <div className="bk-rich">
      {block.elements.map((element, index) => (
        <RichPart key={index} element={element} />
      ))}
    </div>
  );
}

function RichPart({ element }: { element: RichTextBlockElement }) {
  switch (element.type) {
    case "rich_text_section":
      return (
        <div className="bk-paragraph" dir="auto">
          <RichInlines elements={element.elements} />
        </div>
      );
    case "rich_text_quote":
      return (
        <blockquote className="bk-quote">
          <div className="bk-paragraph" dir="auto">
            <RichInlines elements={element.elements} />
          </div>
        </blockquote>
      );
    case "rich_text_preformatted":
      return (
        <pre className="bk-pre">
          <code>
            <RichInlines elements={element.elements} />
          </code>
        </pre>
      );
    case "rich_text_list": {
      const { offset = 0 } = element as { offset?: number };
      const items = element.elements.map((item, index) => (
        <li key={index} dir="auto">
          <span className="bk-plain">
            <RichInlines elements={item.elements} />
          </span>
        </li>
      ));
      const style = { marginInlineStart: `${(element.indent ?? 0) * 24}px` };
      return element.style === "ordered" ? (
        <ol className="bk-list" start={offset + 1} style={style}>
          {items}
        </ol>
      ) : (
        <ul className="bk-list" style={style}>
          {items}
        </ul>
      );
    }
    default:
      return <NotDrawn kind={(element as { type: string }).type} />;
  }
}

function RichInlines({ elements }: { elements: readonly RichTextElement[] }) {
  return elements.map((element, index) => (
    <Styled key={index} style={element.style}>
      <RichInline element={element} />
    </Styled>
  ));
}

function RichInline({ element }: { element: RichTextElement }) {
  switch (element.type) {
    case "text":
      return <bdi>{element.text}</bdi>;
    case "link":
      return <ReferenceText to={linkOf(element.url, element.text)} />;
    case "emoji":
      return <Emoji name={element.name} character={characterOf(element)} />;
    case "user":
      return <ReferenceText to={{ is: "user", id: element.user_id }} />;
    case "channel":
      return <ReferenceText to={{ is: "channel", id: element.channel_id }} />;
    case "usergroup":
      return <ReferenceText to={{ is: "group", id: element.usergroup_id }} />;
    case "broadcast":
      return <ReferenceText to={{ is: "broadcast", range: element.range }} />;
    case "date":
      return (
        <ReferenceText
          to={{
            is: "date",
            timestamp: element.timestamp,
            format: element.format,
            fallback: element.fallback ?? "",
            ...(element.url === undefined ? {} : { url: element.url }),
          }}
        />
      );
    case "color":
      return <Color value={element.value} />;
    case "team":
      return <span className="bk-mention">@{element.team_id}</span>;
    default:
      return <NotDrawn kind={(element as { type: string }).type} />;
  }
}

function linkOf(url: string, text: string | undefined): Reference {
  return { is: "link", url, label: text === undefined || text === "" ? url : text };
}

/** By its code points ("1f44d-1f3fb") where it brings them, else by its name. */
function characterOf({ name, unicode }: { name: string; unicode?: string }): string {
  const codes = (unicode ?? "").split("-").map((code) => Number.parseInt(code, 16));
  const areValid = codes.every((code) => code > 0 && code <= 0x10ffff);
  return areValid ? String.fromCodePoint(...codes) : (emojiOf(name) ?? `:${name}:`);
}

function Color({ value }: { value: string }) {
  const isColor = /^#[0-9a-f]{3,8}$/i.test(value);
  return (
    <span className="bk-color">
      {isColor && (
        <span className="bk-color-swatch" style={{ background: value }} aria-hidden="true" />
      )}
      <bdi>{value}</bdi>
    </span>
  );
}

type Style = Partial<
  Record<"bold" | "italic" | "strike" | "code" | "underline" | "highlight", boolean>
>;

function Styled({ style, children }: { style: Style | undefined; children: ReactNode }): ReactNode {
  let shown = children;
  if (style?.code) shown = <code className="bk-code">{shown}</code>;
  if (style?.underline) shown = <u>{shown}</u>;
  if (style?.highlight) shown = <mark>{shown}</mark>;
  if (style?.strike) shown = <s>{shown}</s>;
  if (style?.italic) shown = <em>{shown}</em>;
  if (style?.bold) shown = <strong>{shown}</strong>;
  return shown;
}
