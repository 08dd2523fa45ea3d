import type { EvidenceItem } from "#src/domain/evidence.ts";
import { findingOf } from "#src/domain/figures/read-figures.ts";
import { readings } from "#src/domain/figures/reading.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { type EvidenceKind, evidenceKinds } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { inline, link } from "#src/documents/github-markdown.ts";
import { saidLast, sentence } from "#src/documents/words.ts";
import { evidenceList } from "./evidence-line.ts";
import { figureTables } from "./figure-tables.ts";
import type { Section } from "./section.ts";

/**
 * B11.7, Q6: what brought the failure about again or measured it, item by item with its counts, intervals
 * and reading; then the tests that are made of it.
 */
export const reproduction: Section = {
  title: "Reproduction",
  render: ({ state }) => {
    const items = state.evidence.filter(({ kind }) => measuring.includes(kind));
    const goldens = goldenParts(state);
    if (items.length === 0 && goldens === undefined) return undefined;
    const counted = items.filter(({ kind, data }) => findingOf(kind, data) !== null);
    const uncounted = items.filter((item) => !counted.includes(item));
    return [
      ...(items.length > 0
        ? counted.toSorted((a, b) => order(a) - order(b)).flatMap(itemParts)
        : ["No replay, evaluation, rate or reproducer of the failure is recorded."]),
      ...(counted.length > 0 ? [howCounted] : []),
      ...(uncounted.length > 0 ? [`Recorded without counts:\n\n${evidenceList(uncounted)}`] : []),
      ...(goldens ? ["### Regression tests", goldens] : []),
    ].join("\n\n");
  },
};

/** B3.1, B13.13: what a p and an interval are, for who checks them. */
const howCounted =
  "p: Fisher's exact test, one-sided, a replay's against the baseline (a reverse arm: against everything set back; where that was not run, against the best arm); adjusted by Holm over the overrides; intervals are Wilson's, 95 %. Below .05 counts.";

/** Replays first: they set one thing back at a time. Then what was counted in production or built small. */
const measuring: readonly EvidenceKind[] = ["E4", "E7", "E6", "E5"];

function order({ kind, number }: EvidenceItem): number {
  return measuring.indexOf(kind) * 1_000_000 + number;
}

function itemParts(item: EvidenceItem): string[] {
  const { number, kind, what, slice, data } = item;
  const finding = findingOf(kind, data);
  const where = sliceInWords(slice);
  // what a replay comes to has a name; all other sentences say it themselves
  const named = kind === "E4" && finding?.id ? `${readings[finding.id]}. ` : "";
  return [
    `### Evidence ${number}: ${evidenceKinds[kind].toLowerCase()}`,
    [
      saidLast(what),
      ...(where === "" ? [] : [`It speaks for ${inline(where)}.`]),
      ...(item.link ? [`${link("Open it", item.link) ?? inline(item.link)}.`] : []),
    ].join(" "),
    ...figureTables(item),
    ...(finding ? [`**What it says.** ${named}${inline(finding.sentence)}`] : []),
    ...wordOfAuthor(item),
  ];
}

/** What numbers cannot say, and its author did (R5). */
function wordOfAuthor({ kind, data }: EvidenceItem): string[] {
  if (kind === "E5" && data.series?.length) {
    return [
      data.areOtherPinsEqual
        ? "That nothing else changed at either edge is its author's word."
        : "Whether anything else changed at the edges is not recorded.",
    ];
  }
  if (kind === "E6" && data.ablation?.length) {
    return [
      data.isSameBuild
        ? "That all of it ran on the same build is its author's word."
        : "Whether all of it ran on the same build is not recorded.",
    ];
  }
  return [];
}

function goldenParts({ goldens, strands }: IncidentState): string | undefined {
  if (goldens.length === 0) return undefined;
  const counted = goldens.filter(({ fromEvidence }) => fromEvidence !== null).length;
  const lines = goldens.map(({ number, fromEvidence, strandNumbers, ...golden }) =>
    [
      `- **Golden ${number}:** ${saidLast(golden.input)} It passes when: ${sentence(golden.passWhen)}`,
      ...(golden.preconditions ? [`Before it runs: ${sentence(golden.preconditions)}`] : []),
      fromEvidence === null
        ? "**It does not count as the regression test:** it is made of no recorded failure."
        : `It reproduces evidence ${fromEvidence}.`,
      ...(strands.length > 1
        ? [
            `For ${strandNumbers.length === 1 ? "strand" : "strands"} ${inline(listInWords(strandNumbers.map(String)))}.`,
          ]
        : []),
    ].join(" "),
  );
  return `A golden is a test that fails where this failure comes back. ${counted} of ${goldens.length} ${counted === 1 ? "is" : "are"} made of a recorded failure of this incident.\n\n${lines.join("\n")}`;
}
