/**
 * Text that people typed, made safe to stand in GitHub Markdown: it reads as it was typed, and does
 * nothing. It mentions nobody, refers to and closes no issue, is no HTML and no marker of ours, and
 * cannot end the line, cell or quote it stands in. What needs no escape is left alone, because the
 * document is read as plain text too.
 */

/** A zero width space, as an entity: breaks a mention or reference, is not seen, and shows in the source. */
const gap = "&#8203;";
/** The same where entities are not read (titles, commit messages). */
const plainGap = "\u200B";

/** One line for running text: a sentence, a list item, a heading, a cell. Line breaks become spaces. */
export function inline(text: string): string {
  return escapeLine(oneLine(text));
}

/** A table. Heads and cells are Markdown of one line already; a pipe in them ends no cell. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text of several lines as a block quote, a paragraph for each line. Empty text stays a quote: `> (nothing)`. */
export function quote(text: string): string {
  const lines = clean(text)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => escapeLine(oneLine(line)))
    .filter((line) => line !== "");
  return (lines.length > 0 ? lines : ["(nothing)"]).map((line) => `> ${line}`).join("\n>\n");
}

/**
 * One line for a title or a commit message, where GitHub reads no Markdown, but mentions, references,
 * closing words and `[skip ci]`. At most `limit` UTF-16 units; a longer one ends in "…".
 */
export function plainLine(text: string, limit: number): string {
  const safe = oneLine(text)
    .replaceAll(mention, `@${plainGap}`)
    .replaceAll(reference, `$1${plainGap}`)
    .replaceAll(referencePath, `$1${plainGap}`)
    .replaceAll(/\[(?=(?:skip|no|ci|actions)\b)/gi, `[${plainGap}`)
    .replaceAll("***NO_CI***", "NO_CI");
  return cut(safe, limit);
}

/** A link with a label of our own. Undefined where the address is not http or https. */
export function link(label: string, url: string): string | undefined {
  const safe = webAddress(url);
  return safe && `[${label}](<${safe}>)`;
}

/** The first `limit` UTF-16 units of a text, never half a character; "…" at its end where it was longer. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

// A mention needs a name behind the sign. In an e-mail address the sign follows a letter or digit, and
// GitHub takes it for no mention.
const mention = /(?<![a-z0-9])@(?=[a-z0-9])/gi;
/** `#12` and `GH-12`, alone or behind `owner/name`. */
const reference = /(#|\bgh-)(?=\d)/gi;
/** The part of an address that makes it a reference to an issue, a pull request or a commit. */
const referencePath = /(\/(?:issues|pull|pulls|discussions|commits?)\/)(?=\w)/gi;
const address = /https?:\/\/[^\s<>"'`|\\^{}[\]()*]+/gi;

function escapeLine(line: string): string {
  let escaped = "";
  let end = 0;
  for (const match of line.matchAll(address)) {
    // what ends a sentence does not belong to the address
    const url = match[0].replace(/[.,;:!?_~]+$/, "");
    if (!webAddress(url)) continue;
    escaped += escapeWords(line.slice(end, match.index)) + showAddress(url);
    end = match.index + url.length;
  }
  return escapeStart(escaped + escapeWords(line.slice(end)));
}

/** An address stays one to follow, unless GitHub would write a reference into what it points to, or close it. */
function showAddress(url: string): string {
  return url.search(referencePath) >= 0 || url.includes("@") ? `\`${url}\`` : `<${url}>`;
}

function escapeWords(text: string): string {
  return (
    text
      .replaceAll(/[\\`*[\]$]/g, "\\$&")
      // between two letters or digits an underscore is only itself: user_id
      .replaceAll(/(?<![a-z0-9])_|_(?![a-z0-9])/gi, "\\_")
      // "~60" strikes nothing out, "~~" and "60~" can
      .replaceAll(/(?<=\S)~|~(?!\w)/g, "\\~")
      .replaceAll(/&(?=#|\w+;)/g, "&amp;")
      // "p < 0.05" is no tag
      .replaceAll(/<(?![\s\d=])/g, "&lt;")
      .replaceAll("-->", "--&gt;")
      // references first: the entity itself holds "#" and digits
      .replaceAll(reference, `$1${gap}`)
      .replaceAll(referencePath, `$1${gap}`)
      .replaceAll(mention, `@${gap}`)
  );
}

/** What begins a heading, quote, list or rule at the start of a line does not. */
function escapeStart(line: string): string {
  return line
    .replace(/^(?:>|#(?=[#\s]|$)|[+-](?=[-\s]|$))/, "\\$&")
    .replace(/^(\d+)(?=[.)](?:\s|$))/, "$1\\");
}

function oneLine(text: string): string {
  return clean(text).replaceAll(/\s+/g, " ").trim();
}

/**
 * Without what cannot be seen but acts: control characters, and the marks that turn the direction of
 * all that follows on the line. Text in a right-to-left script needs none of them.
 */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\uFEFF]/g, "")
    .replaceAll(/[^\P{Cc}\n\r\t]/gu, "");
}

/** The address as a browser reads it, with nothing in it that could end a link; undefined where it is none. */
function webAddress(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return url.href.replaceAll(/[<>\\`|\s]/g, encodeURIComponent);
}
