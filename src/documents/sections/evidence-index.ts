import { sliceInWords } from "#src/domain/slice.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { inline, link, table } from "#src/documents/github-markdown.ts";
import { utcMinute } from "#src/documents/times.ts";
import { layerLabels, nameOf, sentence } from "#src/documents/words.ts";
import { weightWords } from "./evidence-line.ts";
import type { Section } from "./section.ts";

/** B11.17: every item of evidence, by the number by which the text names it, and how much it can carry. */
export const evidenceIndex: Section = {
  title: "Appendix: evidence",
  render: ({ state: { evidence, strands }, names }) => {
    if (evidence.length === 0) return "No evidence was recorded.";
    const hasStrands = strands.length > 1;
    const rows = evidence.map((item) => [
      String(item.number),
      evidenceKinds[item.kind],
      [
        sentence(item.what),
        ...(Object.keys(item.slice).length > 0 ? [`For ${inline(sliceInWords(item.slice))}.`] : []),
        ...(item.source ? [`Source: ${sentence(item.source)}`] : []),
      ].join(" "),
      ...(hasStrands ? [item.strandNumbers.join(", ")] : []),
      weightWords(item),
      layerLabels(item.supports),
      layerLabels(item.contradicts),
      layerLabels(item.clears),
      (item.link && (link("open", item.link) ?? inline(item.link))) || "–",
      `${nameOf(names, item.author)}, ${utcMinute(item.recordedAt)}`,
    ]);
    const heads = [
      "No.",
      "Kind",
      "What it shows",
      ...(hasStrands ? ["Strands"] : []),
      "Weight",
      "Supports",
      "Contradicts",
      "Clears",
      "Link",
      "Who says so, when (UTC)",
    ];
    return table(heads, rows);
  },
};
