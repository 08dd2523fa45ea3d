import type { Step } from "./scenario.ts";
import type { StepResult } from "./play/step.ts";

/** How a terminal wants its text. */
export interface ScreenOptions {
  /** Columns to fill. */
  width: number;
  /** A person is watching: one line may be written over. */
  isLive: boolean;
  /** Colour, as an extra to words. */
  hasColour: boolean;
  /** Letters beyond ASCII are shown as they are. */
  hasUnicode: boolean;
}

/** What this terminal can show; a pipe or a file gets plain ASCII. */
export function screenOf(
  stream: { isTTY?: boolean; columns?: number },
  env: Record<string, string | undefined>,
): ScreenOptions {
  const isLive = stream.isTTY === true && env["TERM"] !== "dumb";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return {
    width: Math.min(Math.max(stream.columns ?? 80, 40), 110),
    isLive,
    hasColour: isLive && !env["NO_COLOR"],
    hasUnicode: isLive && /utf-?8/i.test(locale),
  };
}

/** The lines for a step that was played, or the one line for a step that was not. */
export function stepLines(result: StepResult, total: number, options: ScreenOptions): string[] {
  const count = countOf(result.n, total);
  const indent = " ".repeat(count.length);
  const paint = painter(options);
  if (result.ok === undefined) {
    const text = `${result.actor}: not played, ${result.reason ?? ""}`;
    return [paint.dim(count + fit(text, options, indent.length))];
  }
  const time = `${(result.ms / 1_000).toFixed(1)} s`;
  const title = count + fit(result.actor, options, indent.length + time.length + 2);
  const gap = " ".repeat(Math.max(2, options.width - title.length - time.length));
  const labelled = (label: string, text: string, most: number) => {
    const prefix = indent + label.padEnd(labelWidth);
    return wrap(text, { ...options, width: options.width - prefix.length }, most).map(
      (line, index) => (index === 0 ? prefix : " ".repeat(prefix.length)) + line,
    );
  };
  return [
    paint.bold(title) + paint.dim(gap + time),
    ...result.typed
      .flatMap(({ how, what }) => labelled(how, what, how === "fills in" ? 2 : 1))
      .map(paint.dim),
    ...labelled("bot", result.got?.sentence ?? "", 2),
    ...postLines(result.posts, labelled).map(paint.dim),
    ...labelled(result.ok ? "ok" : "NOT OK", verdictOf(result), 3).map(
      result.ok ? paint.green : paint.red,
    ),
  ];
}

/** What the bot posted after the last step, as lines. */
export function closingLines(posts: readonly string[], options: ScreenOptions): string[] {
  return posts.map((post) =>
    painter(options).dim(`posts  ${fit(post, options, "posts  ".length)}`),
  );
}

function postLines(
  posts: readonly string[],
  labelled: (label: string, text: string, most: number) => string[],
): string[] {
  const shown = posts.slice(0, mostPosts).flatMap((post) => labelled("posts", post, 1));
  const more = posts.length - mostPosts;
  return more > 0 ? [...shown, ...labelled("", `and ${more} messages more`, 1)] : shown;
}
const mostPosts = 3;

/** The line that stands there while a step is played; empty where nobody watches. */
export function busyLine(step: Step, total: number, options: ScreenOptions): string {
  if (!options.isLive) return "";
  const count = countOf(step.n, total);
  return painter(options).dim(count + fit(`${step.actor} ...`, options, count.length));
}

/** " 3/28  ", as wide for every step. */
function countOf(n: number, total: number): string {
  return `${String(n).padStart(String(total).length)}/${total}  `;
}

/** "21 as expected, 0 not as expected, 7 not played": the last line of a demo. */
export function countLine(steps: readonly StepResult[]): string {
  const count = (ok: boolean | undefined) => steps.filter((step) => step.ok === ok).length;
  return `${count(true)} as expected, ${count(false)} not as expected, ${count(undefined)} not played`;
}

/** Clears the line that may be written over. */
export const clearLine = "\r\u001b[2K";

const labelWidth = "fills in".length + 2;

function verdictOf({ ok, expected, got, reason }: StepResult): string {
  if (!ok) return reason ?? "not as expected";
  if (expected.result === "accepted" || expected.result === "shown") {
    return `${expected.result}, as expected`;
  }
  const missing = got?.missing.length ? ` for want of ${got.missing.join(", ")}` : "";
  return `${expected.result} by ${expected.rule ?? ""}${missing}, as expected`;
}

/** Text as this terminal can show it, within its width. */
export function fit(text: string, options: ScreenOptions, reserved = 0): string {
  return wrap(text, { ...options, width: options.width - reserved }, 1)[0] ?? "";
}

/** Lines of at most the width, broken at spaces; what does not fit into `most` lines ends in dots. */
export function wrap(text: string, options: ScreenOptions, most: number): string[] {
  const flat = (options.hasUnicode ? withoutControls(text) : toAscii(text)).trim();
  const width = Math.max(options.width, 10);
  const lines: string[] = [];
  let rest = lettersOf(flat);
  while (rest.length > width && lines.length < most - 1) {
    const space = rest.lastIndexOf(" ", width);
    const cut = space > width / 2 ? space : width;
    lines.push(rest.slice(0, cut).join("").trimEnd());
    rest = lettersOf(rest.slice(cut).join("").trimStart());
  }
  const dots = options.hasUnicode ? "…" : "...";
  lines.push(
    rest.length > width ? rest.slice(0, width - dots.length).join("") + dots : rest.join(""),
  );
  return lines;
}

/** What a reader takes for one letter, accents and joined emoji included. */
function lettersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** A bot's text must not steer the terminal. */
function withoutControls(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/\p{Cc}|\p{Cf}/gu, "");
}

const asciiOf: Record<string, string> = {
  "…": "...",
  "·": "-",
  "–": "-",
  "—": "-",
  "→": "->",
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
};

function toAscii(text: string): string {
  return withoutControls(text)
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^ -~]/gu, (letter) => asciiOf[letter] ?? "?");
}

function painter({ hasColour }: ScreenOptions) {
  const paint = (code: number) => (text: string) =>
    hasColour && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { dim: paint(2), bold: paint(1), green: paint(32), red: paint(31) };
}
