import type { Incident } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import { detectionSources } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { inline } from "./github-markdown.ts";
import type { Names } from "./record.ts";

/** What a person is called, as Markdown; the Slack id where nobody told us the name. */
export function nameOf(names: Names, userId: UserId): string {
  return inline(names.get(userId) ?? userId);
}

/** What somebody wrote, in quotation marks, as Markdown of one line. */
export function said(text: string): string {
  return `“${inline(text)}”`;
}

/** As `said`, at the end of a sentence: a stop follows unless the words bring their own. */
export function saidLast(text: string): string {
  const quoted = said(text);
  return /[.!?…]”$/.test(quoted) ? quoted : `${quoted}.`;
}

/** What somebody wrote as one sentence of Markdown: it ends with a stop. */
export function sentence(text: string): string {
  const line = inline(text);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** "evidence 1, 2 and 5"; empty text where there is none. */
export function evidenceWords(numbers: readonly number[]): string {
  return numbers.length === 0 ? "" : `evidence ${listInWords(numbers.map(String))}`;
}

/** "1 action", "3 actions". */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** Labels of layers for a cell; a dash where there is none. */
export function layerLabels(ids: readonly LayerId[]): string {
  return ids.length === 0 ? "–" : ids.map((id) => layers[id].label).join(", ");
}

/** The first letter small, for a label in the middle of a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The first letter a capital, for what begins a sentence. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1 to 3 and 5": whole numbers, the smallest first, three and more in a row as a range. */
export function rangesInWords(numbers: readonly number[]): string {
  const runs: number[][] = [];
  for (const one of [...new Set(numbers)].toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at(-1) === one - 1) run.push(one);
    else runs.push([one]);
  }
  return listInWords(
    runs.flatMap((run) => (run.length > 2 ? [`${run[0]} to ${run.at(-1)}`] : run.map(String))),
  );
}

/** What noticed it, in words: "support and user feedback"; empty where nobody said. */
export function noticedBy({
  noticedHow,
  alsoNoticedHow,
}: Pick<Incident, "noticedHow" | "alsoNoticedHow">): string {
  const all = [noticedHow, ...alsoNoticedHow].filter((one) => one !== null);
  return listInWords(all.map((one) => lowerFirst(detectionSources[one])));
}
