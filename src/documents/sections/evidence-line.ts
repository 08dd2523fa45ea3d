import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isDecisive, isWeak } from "#src/domain/evidence-weight.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { inline, link } from "#src/documents/github-markdown.ts";
import { lowerFirst, saidLast } from "#src/documents/words.ts";

/** "Evidence 4, failure rates by cohort: “36 of 40 …”. Weak: …": one item as a line of a list. */
function evidenceLine(item: EvidenceItem): string {
  const slice = sliceInWords(item.slice);
  return [
    `Evidence ${item.number}, ${lowerFirst(evidenceKinds[item.kind])}: ${saidLast(item.what)}`,
    ...(slice === "" ? [] : [`It speaks for ${inline(slice)}.`]),
    ...(weaknessOf(item) ? [`${weaknessOf(item)}.`] : []),
    ...(item.link ? [`${link("Open it", item.link) ?? inline(item.link)}.`] : []),
  ].join(" ");
}

/** Items as a list. */
export function evidenceList(items: readonly EvidenceItem[]): string {
  return items.map((item) => `- ${evidenceLine(item)}`).join("\n");
}

/** How much an item can carry (B3), as one cell. */
export function weightWords(item: EvidenceItem): string {
  if (isDecisive(item)) return "Decisive";
  return weaknessOf(item) ?? "Supporting";
}

/** B3, R11: why an item is weak; undefined where it is not. */
function weaknessOf({ kind, isVerified }: EvidenceItem): string | undefined {
  if (!isWeak(kind)) return undefined;
  if (kind === "E11") return "Weak: a recollection";
  if (isVerified === true) return "Weak: a report, verified";
  return isVerified === false
    ? "Does not count: a report that turned out not to be true"
    : "Does not count: a report that nobody has verified";
}
