import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  MrkdwnElement,
  PlainTextElement,
  RichTextBlock,
  SectionBlock,
  TextObject,
} from "@slack/types";

/**
 * Slack's limits, in characters or pieces (docs.slack.dev, Block Kit reference; the totals of a
 * message are measured, bolt-js #2867: refused at 11,341 characters of text).
 */
export const limits = {
  actionsElements: 25,
  blockId: 255,
  blocksModal: 100,
  buttonText: 75,
  buttonValue: 2000,
  checkboxOptions: 10,
  contextElements: 10,
  contextText: 2000,
  headerText: 150,
  hint: 2000,
  inputLabel: 2000,
  inputText: 3000,
  messageText: 3000,
  modalTitle: 24,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  radioOptions: 10,
  sectionText: 3000,
  selectOptions: 100,
} as const;

/**
 * Text in Slack's markup that is safe to send: our own words, with whatever people wrote escaped.
 * Only `mrkdwn` and the helpers below make one, so nothing a person typed can mention, link or format.
 */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

/** `&`, `<` and `>` as Slack wants them, once and nothing else (docs.slack.dev, formatting message text). */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Our own words as markup; what is put between is escaped, unless it is markup already. */
export function mrkdwn(
  strings: TemplateStringsArray,
  ...parts: (string | number | Mrkdwn)[]
): Mrkdwn {
  let text = strings[0] ?? "";
  parts.forEach((part, index) => {
    text += typeof part === "object" ? part.mrkdwn : escapeMrkdwn(String(part));
    text += strings[index + 1] ?? "";
  });
  return { mrkdwn: text };
}

/** The parts with the same words between them. */
export function joinMrkdwn(parts: readonly Mrkdwn[], between: string): Mrkdwn {
  return { mrkdwn: parts.map((part) => part.mrkdwn).join(escapeMrkdwn(between)) };
}

/** A person, shown by name in the reader's client; what is no id of Slack's is the text that it is. */
export function mention(userId: string): Mrkdwn {
  return ofId(/^[UW][A-Z0-9]+$/, userId, `<@${userId}>`);
}

/** A user group (`S…`), shown by its handle; everybody in it is notified. */
export function mentionGroup(groupId: string): Mrkdwn {
  return ofId(/^S[A-Z0-9]+$/, groupId, `<!subteam^${groupId}>`);
}

/** A channel, as a link to it. */
export function mentionChannel(channelId: string): Mrkdwn {
  return ofId(/^[CGD][A-Z0-9]+$/, channelId, `<#${channelId}>`);
}

/** Markup around an id; a text that machines or people sent in its place cannot break out of it. */
function ofId(shape: RegExp, id: string, markup: string): Mrkdwn {
  return shape.test(id) ? { mrkdwn: markup } : mrkdwn`${id}`;
}

/** A point in time, in the reader's own zone; where the client cannot, in UTC. */
export function dateTime(date: Date): Mrkdwn {
  const seconds = Math.floor(date.getTime() / 1000);
  return { mrkdwn: `<!date^${seconds}^{date_short_pretty} at {time}|${utc(date)}>` };
}

/** `2026-03-09 09:20 UTC`, for places that cannot show a date in the reader's zone. */
function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A link with our own label to an address that we know (an issue, a pull request). */
export function linkTo(url: string, label: string): Mrkdwn {
  const address = url.replaceAll("|", "%7C").replaceAll("<", "%3C").replaceAll(">", "%3E");
  return { mrkdwn: `<${escapeMrkdwn(address)}|${escapeMrkdwn(label.replaceAll("|", "/"))}>` };
}

/** At most `max` characters; what is cut ends in "…", and a pair of surrogates stays whole. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = max - 1;
  if (isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
  return `${text.slice(0, end)}…`;
}

/** The same for markup: a cut never falls into an escape, a mention, a date or a link. */
export function truncateMrkdwn(text: Mrkdwn, max: number): Mrkdwn {
  if (text.mrkdwn.length <= max) return text;
  let kept = "";
  for (const [piece] of text.mrkdwn.matchAll(/<[^<>]*>|&(?:amp|lt|gt);|[^]/gu)) {
    if (kept.length + piece.length > max - 1) break;
    kept += piece;
  }
  return { mrkdwn: `${kept}…` };
}

/** Many lines as one of at most `max` characters, so that a title or a text's start fits into a sentence. */
export function oneLine(text: string, max = 150): string {
  return isolate(truncate(text.replaceAll(/\s+/g, " ").trim(), max));
}

/** Right-to-left words keep to themselves, so that our words around them stay in order. */
function isolate(text: string): string {
  return /[\p{Script=Arabic}\p{Script=Hebrew}\u200F\u202A-\u202E\u2066-\u2069]/u.test(text)
    ? `\u2068${text}\u2069`
    : text;
}

/** Text that Slack shows as it is. Never empty, since Slack refuses empty text. */
export function plain(text: string, max: number = limits.sectionText): PlainTextElement {
  return { type: "plain_text", text: truncate(text.trim() === "" ? "(blank)" : text, max) };
}

/** Markup as it is written: Slack turns no bare address or name into a link. */
function mrkdwnElement(text: Mrkdwn, max: number = limits.sectionText): MrkdwnElement {
  return { type: "mrkdwn", text: truncateMrkdwn(text, max).mrkdwn, verbatim: true };
}

/** What people wrote is plain, our own words may be markup. */
function textObject(text: string | Mrkdwn, max: number): TextObject {
  return typeof text === "string" ? plain(text, max) : mrkdwnElement(text, max);
}

/** A paragraph of at most 3,000 characters: plain where people wrote it, markup where we did. */
export function section(text: string | Mrkdwn, blockId?: string): SectionBlock {
  return {
    type: "section",
    ...(blockId === undefined ? {} : { block_id: blockId.slice(0, limits.blockId) }),
    text: textObject(text, limits.sectionText),
  };
}

/** Small print, at most ten pieces. */
export function context(...texts: (string | Mrkdwn)[]): ContextBlock {
  return {
    type: "context",
    elements: texts
      .slice(0, limits.contextElements)
      .map((text) => textObject(text, limits.contextText)),
  };
}

/** A line between two parts. */
export function divider(): DividerBlock {
  return { type: "divider" };
}

/** A heading of at most 150 characters, always plain. */
export function header(text: string): HeaderBlock {
  return { type: "header", text: plain(text, limits.headerText) };
}

/** A link that a person typed in: the address is data here, so nothing in it can be markup. */
export function typedLink(url: string, label: string): RichTextBlock {
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [{ type: "link", url, text: label }] }],
  };
}

/** A row of at most 25 buttons; the block_id tells rows of the same buttons apart. */
export function actions(blockId: string | undefined, buttons: readonly Button[]): ActionsBlock {
  return {
    type: "actions",
    ...(blockId === undefined ? {} : { block_id: blockId.slice(0, limits.blockId) }),
    elements: buttons.slice(0, limits.actionsElements),
  };
}

/**
 * A button; `value` is an encoded hint, its action_id the name of what it does. `spoken` is what a
 * screen reader says where the label alone would be vague ("Answer" beside six layers); it holds the
 * words of the label, so that who speaks to their device can press it (WCAG 2.5.3).
 */
export function button(
  actionId: string,
  label: string,
  value: string,
  options: { style?: "primary" | "danger" | undefined; spoken?: string } = {},
): Button {
  return {
    type: "button",
    action_id: actionId,
    text: plain(label, limits.buttonText),
    value,
    ...(options.style === undefined ? {} : { style: options.style }),
    ...(options.spoken === undefined
      ? {}
      : { accessibility_label: truncate(options.spoken, limits.buttonText) }),
  };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
