import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { inline, link, table } from "#src/documents/github-markdown.ts";
import { utcMinute } from "#src/documents/times.ts";
import { layerLabels, nameOf } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

/** B11.17: every item of evidence, by the number by which the text names it. */
export const evidenceIndex: Section = {
  title: "Appendix: evidence",
  render: ({ state: { evidence, strands }, names }) => {
    if (evidence.length === 0) return undefined;
    const hasStrands = strands.length > 1;
    const rows = evidence.map((item) => [
      String(item.number),
      evidenceKinds[item.kind],
      inline(item.what),
      ...(hasStrands ? [item.strandNumbers.join(", ")] : []),
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
      "Supports",
      "Contradicts",
      "Clears",
      "Link",
      "Who says so, when (UTC)",
    ];
    return table(heads, rows);
  },
};
