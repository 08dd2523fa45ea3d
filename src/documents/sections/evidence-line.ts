import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isCounted, isWeak } from "#src/domain/evidence-weight.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { cut, inline, link } from "#src/documents/github-markdown.ts";
import { evidenceWords, layerLabels, lowerFirst, saidLast } from "#src/documents/words.ts";
import { numbersOf } from "./demonstration.ts";

/** "Evidence 4, failure rates by cohort: “36 of 40 …”. Weak: …": one item as a line of a list. */
function evidenceLine(item: EvidenceItem, isShort: boolean): string {
  const slice = sliceInWords(item.slice);
  return [
    `Evidence ${item.number}, ${lowerFirst(evidenceKinds[item.kind])}: ${saidLast(isShort ? cut(item.what, quoteLimit) : item.what)}`,
    ...numbersOf(item),
    ...(slice === "" ? [] : [`It speaks for ${inline(slice)}.`]),
    ...(weaknessOf(item) ? [`${weaknessOf(item)}.`] : []),
    ...(item.link && !isShort ? [`${link("Open it", item.link) ?? inline(item.link)}.`] : []),
  ].join(" ");
}

/** Items as a list. */
export function evidenceList(items: readonly EvidenceItem[]): string {
  return items.map((item) => `- ${evidenceLine(item, false)}`).join("\n");
}

/** What a quote of an item shows where its whole text stands elsewhere, in UTF-16 units. */
export const quoteLimit = 300;
const itemsAtMost = 25;

/** Items as a list where they were told before: long ones cut, of many the first; the appendix has them whole, with their links. */
export function shortEvidenceList(items: readonly EvidenceItem[]): string {
  const lines = items.slice(0, itemsAtMost).map((item) => `- ${evidenceLine(item, true)}`);
  const more = items.slice(itemsAtMost).map(({ number }) => number);
  return [...lines, ...(more.length > 0 ? [`- And ${evidenceWords(more)}.`] : [])].join("\n");
}

/** How much an item can carry (B3), as one cell: decisive where its figures are, for these layers. */
export function weightWords(item: EvidenceItem): string {
  const decided = isCounted(item) ? decisiveLayers(item) : [];
  if (decided.length > 0) return `Decisive for ${layerLabels(decided)}`;
  const isSilent = [item.supports, item.contradicts, item.clears].every(
    ({ length }) => length === 0,
  );
  return weaknessOf(item) ?? (isSilent ? "Speaks for no layer" : "Supporting");
}

/** B3, R11: why an item is weak or counts for nothing; undefined where it does neither. */
function weaknessOf({ kind, isVerified }: EvidenceItem): string | undefined {
  if (kind !== "E10" && isVerified === false) return "Does not count: taken out again";
  if (!isWeak(kind)) return undefined;
  if (kind === "E11") return "Weak: a recollection";
  if (isVerified === true) return "Weak: a report, verified";
  return isVerified === false
    ? "Does not count: a report that turned out not to be true"
    : "Does not count: a report that nobody has verified";
}
