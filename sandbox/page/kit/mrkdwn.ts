import { emojiOf } from "./emoji.ts";
import { safeUrl } from "./links.ts";

/**
 * Slack's mrkdwn as data, https://docs.slack.dev/messaging/formatting-message-text. Nothing of what is
 * given gets lost but markup: what is not markup, or no valid one, is text.
 */
export type Part =
  | { is: "paragraph"; children: Inline[] }
  | { is: "quote"; children: Part[] }
  | { is: "pre"; children: Inline[] };

export type Inline =
  | { is: "text"; text: string }
  | { is: "bold" | "italic" | "strike" | "code"; children: Inline[] }
  | { is: "emoji"; name: string; character: string }
  | Reference;

/** What stands in angle brackets. */
export type Reference =
  | { is: "link"; url: string; label: string }
  | { is: "user" | "channel" | "group"; id: string; label?: string }
  | { is: "broadcast"; range: string }
  | { is: "date"; timestamp: number; format: string; url?: string; fallback: string };

export interface MrkdwnOptions {
  /** Addresses that stand bare in the text are links too; false as Slack's `verbatim`. */
  linksBare: boolean;
}

const fence = "```";

/** Reads mrkdwn. */
export function parseMrkdwn(text: string, options: MrkdwnOptions = { linksBare: true }): Part[] {
  const parts: Part[] = [];
  let rest = 0;
  for (const { from, to } of fencesOf(text)) {
    parts.push(...readLines(text.slice(rest, from), options));
    parts.push({ is: "pre", children: readPlainRun(trimLines(text.slice(from + 3, to - 3))) });
    rest = to;
  }
  parts.push(...readLines(text.slice(rest), options, rest === 0));
  return parts;
}

/** Where ``` and its closing ``` stand, with something between. */
function fencesOf(text: string): { from: number; to: number }[] {
  const fences: { from: number; to: number }[] = [];
  let from = text.indexOf(fence);
  while (from >= 0) {
    const end = text.indexOf(fence, from + 3);
    if (end < 0) break;
    const isFilled = text.slice(from + 3, end).trim() !== "";
    if (isFilled) fences.push({ from, to: end + 3 });
    from = isFilled ? text.indexOf(fence, end + 3) : end;
  }
  return fences;
}

/** Paragraphs and quotes; line breaks beside a block are the block's own. */
function readLines(text: string, options: MrkdwnOptions, isWhole = false): Part[] {
  const lines = (isWhole ? text : trimLines(text)).split("\n");
  if (!isWhole && lines.length === 1 && lines[0] === "") return [];
  const parts: Part[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const quote = /^(?:&gt;|>)( ?)(.*)$/.exec(line);
    const last = parts.at(-1);
    const isAll = /^(?:&gt;&gt;&gt;|>>>)/.exec(line);
    if (isAll) {
      const behind = [line.slice(isAll[0].length).trimStart(), ...lines.slice(at + 1)].join("\n");
      parts.push({
        is: "quote",
        children: [{ is: "paragraph", children: readInline(behind, options) }],
      });
      return parts;
    }
    const isQuote = quote !== null;
    const children = readLine(isQuote ? (quote[2] ?? "") : line, options);
    const open = isQuote ? (last?.is === "quote" ? last.children[0] : undefined) : last;
    if (open?.is === "paragraph") open.children.push({ is: "text", text: "\n" }, ...children);
    else if (isQuote) parts.push({ is: "quote", children: [{ is: "paragraph", children }] });
    else parts.push({ is: "paragraph", children });
  }
  return parts;
}

function trimLines(text: string): string {
  return text.replace(/^\n/, "").replace(/\n$/, "");
}

/** Formatting does not go over the end of a line. */
function readInline(text: string, options: MrkdwnOptions): Inline[] {
  return text
    .split("\n")
    .flatMap((line, at) => [
      ...(at > 0 ? [{ is: "text", text: "\n" } as const] : []),
      ...readLine(line, options),
    ]);
}

const spans = { "*": "bold", _: "italic", "~": "strike" } as const;
type Mark = keyof typeof spans;

const reference = /<([^<>\n]+)>/y;
const code = /`([^`\n]+)`/y;
const emoji = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/iy;
const bareUrl = /https?:\/\/(?:(?!&[lg]t;)[^\s<>|`])+/iy;

function readLine(line: string, options: MrkdwnOptions, taken: readonly Mark[] = []): Inline[] {
  const found: Inline[] = [];
  // a mark without an end has none further on either
  const endless = new Set<string>(taken);
  let plainFrom = 0;
  let at = 0;
  const take = (inline: Inline, length: number) => {
    if (plainFrom < at) found.push({ is: "text", text: unescape(line.slice(plainFrom, at)) });
    found.push(inline);
    at += length;
    plainFrom = at;
  };
  while (at < line.length) {
    const character = line.charAt(at);
    const whole = wholeAt(line, at, options);
    if (whole) {
      take(whole.inline, whole.length);
    } else if (isMark(character) && !endless.has(character) && opens(line, at)) {
      const end = endOf(line, at, character);
      if (end === undefined) {
        endless.add(character);
        at += 1;
      } else {
        const inside = readLine(line.slice(at + 1, end), options, [...taken, character]);
        take({ is: spans[character], children: inside }, end + 1 - at);
      }
    } else {
      at += 1;
    }
  }
  if (plainFrom < line.length) found.push({ is: "text", text: unescape(line.slice(plainFrom)) });
  return found;
}

interface Whole {
  inline: Inline;
  length: number;
}

/** What begins here and is not formatted inside: a reference, code, an emoji, a bare address. */
function wholeAt(line: string, at: number, { linksBare }: MrkdwnOptions): Whole | undefined {
  switch (line.charAt(at)) {
    case "<": {
      const [all, inside = ""] = matchAt(reference, line, at) ?? [];
      const inline = readReference(inside);
      return inline && { inline, length: all?.length ?? 0 };
    }
    case "`": {
      const match = codeAt(line, at);
      return (
        match && {
          inline: { is: "code", children: readPlainRun(match.text) },
          length: match.length,
        }
      );
    }
    case ":": {
      const [all = "", written = ""] = matchAt(emoji, line, at) ?? [];
      const name = written.toLowerCase();
      const character = emojiOf(name);
      return character === undefined
        ? undefined
        : { inline: { is: "emoji", name, character }, length: all.length };
    }
    case "h":
    case "H":
      return linksBare && !isWord(line, at - 1) ? bareLinkAt(line, at) : undefined;
    default:
      return undefined;
  }
}

function bareLinkAt(line: string, at: number): Whole | undefined {
  const address = withoutPunctuation(matchAt(bareUrl, line, at)?.[0] ?? "");
  const url = safeUrl(unescape(address));
  return url === undefined
    ? undefined
    : { inline: { is: "link", url, label: url }, length: address.length };
}

/** "See https://example.com/a." ends a sentence. */
function withoutPunctuation(address: string): string {
  const closing = address.includes("(") ? "" : ")";
  let end = address.length;
  while (`.,;:!?'"]*_~${closing}`.includes(address.charAt(end - 1) || " ")) end -= 1;
  return address.slice(0, end);
}

function codeAt(line: string, at: number): { text: string; length: number } | undefined {
  const match = isWord(line, at - 1) ? null : matchAt(code, line, at);
  if (!match || isWord(line, at + match[0].length)) return undefined;
  return { text: match[1] ?? "", length: match[0].length };
}

/** Text in which only references count. */
function readPlainRun(text: string): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(/<([^<>\n]+)>/g)) {
    const inline = readReference(match[1] ?? "");
    if (!inline) continue;
    if (from < match.index)
      found.push({ is: "text", text: unescape(text.slice(from, match.index)) });
    found.push(inline);
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ is: "text", text: unescape(text.slice(from)) });
  return found;
}

/** A mark opens at a word's border, before something that is neither a space nor the mark again. */
function opens(line: string, at: number): boolean {
  const mark = line.charAt(at);
  const next = line.charAt(at + 1);
  return !isWord(line, at - 1) && line.charAt(at - 1) !== mark && next !== mark && /\S/.test(next);
}

/** Where the span that opens here closes: at a word's border, behind something that is no space. */
function endOf(line: string, opened: number, mark: Mark): number | undefined {
  for (let at = opened + 1; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === "<") at += (matchAt(reference, line, at)?.[0].length ?? 1) - 1;
    else if (character === "`") at += (codeAt(line, at)?.length ?? 1) - 1;
    else if (character === mark && at > opened + 1 && closes(line, at)) return at;
  }
  return undefined;
}

function closes(line: string, at: number): boolean {
  const mark = line.charAt(at);
  const before = line.charAt(at - 1);
  return (
    /\S/.test(before) && before !== mark && line.charAt(at + 1) !== mark && !isWord(line, at + 1)
  );
}

function isMark(character: string): character is Mark {
  return Object.hasOwn(spans, character);
}

/** A letter or digit, of whatever script; half a character counts as none. */
function isWord(line: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(line.charAt(at));
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** What stands between < and >; undefined where Slack knows no such thing. */
function readReference(inside: string): Reference | undefined {
  const bar = inside.indexOf("|");
  const [target, behind] = bar < 0 ? [inside] : [inside.slice(0, bar), inside.slice(bar + 1)];
  const label = behind ? { label: unescape(behind) } : {};
  const [, mark = "", id = ""] = /^(@|#|!subteam\^)([A-Z][A-Z0-9]+)$/.exec(target) ?? [];
  if (mark === "@") return { is: "user", id, ...label };
  if (mark === "#") return { is: "channel", id, ...label };
  if (mark === "!subteam^") return { is: "group", id, ...label };
  const [, range] = /^!(here|channel|everyone)$/.exec(target) ?? [];
  if (range !== undefined) return { is: "broadcast", range };
  if (target.startsWith("!date^")) return readDate(target, label.label ?? "");
  const url = safeUrl(unescape(target));
  return url === undefined
    ? undefined
    : { is: "link", url, label: label.label ?? url.replace(/^mailto:/i, "") };
}

/** `!date^<seconds>^<format>^<address>`. */
function readDate(target: string, fallback: string): Reference | undefined {
  const [, seconds = "", format = "", address] = target.split("^");
  if (!/^-?\d{1,12}$/.test(seconds) || format === "") return undefined;
  const url = address === undefined ? undefined : safeUrl(unescape(address));
  return {
    is: "date",
    timestamp: Number(seconds),
    format: unescape(format),
    fallback,
    ...(url === undefined ? {} : { url }),
  };
}

const escapes: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

function unescape(text: string): string {
  return text.replace(/&(?:lt|gt|amp);/g, (escape) => escapes[escape] ?? escape);
}
