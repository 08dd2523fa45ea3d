import { layerIds, layers } from "#src/domain/layers/index.ts";
import { listInWords } from "#src/domain/words.ts";
import type { ChangePicture, Span } from "./change-picture.ts";
import { type Mark, marksOf } from "./marks.ts";
import { scaleOf } from "./scale.ts";
import { timeWords } from "./times.ts";

/** Of the text that stands for an image (https://docs.slack.dev/reference/methods/files.getUploadURLExternal: alt_txt_too_large). */
export const altTextAtMost = 1_000;

/** More strands or levers than this are counted. */
const strandsAtMost = 4;
const leversAtMost = 6;
const summaryAtMost = 110;
const spanAtMost = 90;

/** What is said where no change is known. */
export const noChangeWords = [
  "No change is known in this time.",
  "That does not say that nothing changed: it says that nothing was recorded.",
] as const;

/** All that the picture says, as lines, what is looked for first on top: the message beside it. */
export function changeLines(shown: ChangePicture): string[] {
  const { now } = shown;
  const { spans, more } = shownSpans(shown);
  const scale = scaleOf(shown);
  return [
    `${headline(shown)} Times are UTC.`,
    `${wordsOfMoments(shown)
      .map(({ words }) => words)
      .join(". ")}.`,
    ...marksOf(shown.changes, scale.from, scale.to).map(
      (mark) => `${mark.number}. ${markHead(mark, now)}: ${cut(markSummary(mark), summaryAtMost)}`,
    ),
    ...quietLayers(shown),
    ...spans.map((span) => `${spanWords(span, now)}.`),
    ...(more === undefined ? [] : [more]),
    "A change close to the onset is worth a look. It is no proof.",
  ];
}

/** The same for the file's alternative text: as many whole lines as fit into 1,000 characters, and where the rest stands. */
export function changeAltText(shown: ChangePicture): string {
  const lines = changeLines(shown);
  const all = lines.join("\n");
  if (all.length <= altTextAtMost) return all;
  const rest = "The message beside the picture has all of it.";
  let kept = "";
  for (const line of lines) {
    if (kept.length + line.length + 1 + rest.length > altTextAtMost) break;
    kept += `${line}\n`;
  }
  return `${kept}${rest}`;
}

/** Onset, detection and declaration as far as they are known, with their words; `nth` says which. */
export function wordsOfMoments(shown: ChangePicture): { at: Date; nth: number; words: string }[] {
  const moments = [
    ["Began (estimate)", shown.onsetAt],
    ["Noticed", shown.noticedAt],
    ["Declared", shown.declaredAt],
  ] as const;
  return moments.flatMap(([what, at], nth) =>
    at === null ? [] : [{ at, nth, words: `${what} ${timeWords(at, shown.now)}` }],
  );
}

/** "4 Mar 12:00, Model, undeclared"; of several "4 Mar 12:00 to 5 Mar 09:00, Model, 12 changes, 2 undeclared". */
export function markHead({ layer, from, to, count, undeclared }: Mark, now: Date): string {
  const { label } = layers[layer];
  const start = timeWords(from, now);
  if (count === 1) return `${start}, ${label}${undeclared > 0 ? ", undeclared" : ""}`;
  const some = undeclared > 0 ? `, ${undeclared} undeclared` : "";
  return `${start} to ${timeWords(to, now)}, ${label}, ${count} changes${some}`;
}

/** What it is; of several the first undeclared one, or the first. */
export function markSummary({ count, undeclared, summary }: Mark): string {
  if (count === 1) return summary;
  return `${undeclared > 0 ? "first undeclared" : "first"}: ${summary}`;
}

/** "7 Apr 12:00 to now: lever, not confirmed: freeze the routing". */
export function spanWords({ words, from, until }: Span, now: Date): string {
  const end = until === null ? "now" : timeWords(until, now);
  return `${timeWords(from, now)} to ${end}: ${cut(words, spanAtMost)}`;
}

/** Impact, strands and levers that are shown, and how many there are beside them. */
export function shownSpans(shown: ChangePicture): { spans: Span[]; more: string | undefined } {
  const { impact, strands, levers } = shown;
  const strandsLeft = Math.max(strands.length - strandsAtMost, 0);
  const leversLeft = Math.max(levers.length - leversAtMost, 0);
  const left = [
    ...(strandsLeft > 0 ? [counted(strandsLeft, "strand")] : []),
    ...(leversLeft > 0 ? [counted(leversLeft, "lever")] : []),
  ];
  return {
    spans: [
      ...(impact ? [impact] : []),
      ...strands.slice(0, strandsAtMost),
      // what was done last tells more of today
      ...levers.slice(-leversAtMost),
    ],
    more: left.length === 0 ? undefined : `${listInWords(left)} more, not drawn.`,
  };
}

function headline({ name, title, window, changes, now }: ChangePicture): string {
  const between = `between ${timeWords(window.from, now)} and ${timeWords(window.to, now)}`;
  const about = `${name}, ${cut(title, summaryAtMost)}:`;
  if (changes.length === 0) {
    return `${about} no change is known ${between}. ${noChangeWords[1]}`;
  }
  const undeclared = changes.filter(({ isDeclared }) => !isDeclared).length;
  const of = undeclared === 0 ? "" : `, ${undeclared} of them undeclared`;
  return `${about} ${counted(changes.length, "change")} ${between}${of}.`;
}

function quietLayers({ changes }: ChangePicture): string[] {
  const changed = new Set(changes.map(({ layer }) => layer));
  const quiet = layerIds.filter((layer) => !changed.has(layer)).map((layer) => layers[layer].label);
  return quiet.length === 0 || quiet.length === layerIds.length
    ? []
    : [`No change known: ${listInWords(quiet)}.`];
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

/** On one line of at most so many characters; a pair of surrogates stays whole. */
function cut(words: string, most: number): string {
  const line = words.replaceAll(/\s+/g, " ").trim();
  if (line.length <= most) return line;
  const isPair = /[\uD800-\uDBFF]/.test(line.charAt(most - 2));
  return `${line.slice(0, isPair ? most - 2 : most - 1)}…`;
}
