import { basisOf } from "#src/domain/attribution/basis.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { twoWay } from "#src/domain/figures/demonstrations.ts";
import { findingOf } from "#src/domain/figures/read-figures.ts";
import { readSeries } from "#src/domain/figures/series.ts";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { covers, sliceInWords, sliceText } from "#src/domain/slice.ts";
import type { Slice } from "#src/domain/strand.ts";
import { type EvidenceKind, evidenceKinds } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { cut, inline } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import {
  evidenceWords,
  lowerFirst,
  nameOf,
  said,
  saidLast,
  sentence,
} from "#src/documents/words.ts";
import { replayFor } from "./replay-sentences.ts";

/**
 * By which demonstration a proximate verdict has its confidence (R5), in sentences of Markdown: the item,
 * what it shows in plain words, and its numbers. What is missing to be surer is said.
 */
export function demonstration(state: IncidentState, verdict: Verdict, names: Names): string {
  const { supporting } = basisOf(state, verdict);
  const { shown, isBothWays } = carrying(state, verdict);
  if (!shown) return withoutDecisive(supporting, verdict, names);
  const others = supporting.filter((item) => item !== shown).map(({ number }) => number);
  const replay = replayFor(shown, verdict.layer);
  const beside = besides(state, verdict).map(
    (item) => `Evidence ${item.number}: ${numbersOf(item).join(" ")}`,
  );
  return [
    `${(isBothWays ? shownBothWays : shownOneWay)[shown.kind] ?? "Evidence shows it"} (evidence ${shown.number}): ${saidLast(shown.what)}`,
    ...(replay.length > 0 ? replay : numbersOf(shown)),
    ...(isBothWays ? shownForPart(state, shown, verdict) : []),
    ...(isBothWays ? [] : [oneWayOnly]),
    ...(others.length > 0 ? [`It is supported by ${evidenceWords(others)} too.`] : []),
    ...beside,
  ].join(" ");
}

/** The item that `demonstration` tells of, one that shows it both ways before all others. */
function carrying(state: IncidentState, verdict: Verdict) {
  const { decisive } = basisOf(state, verdict);
  const bothWays = decisive.filter((item) => twoWay(item, verdict.layer));
  const [shown] = bothWays.length > 0 ? bothWays : decisive;
  return { shown, isBothWays: bothWays.length > 0 };
}

/** The other decisive items, whose figures are told beside it. */
function besides(state: IncidentState, verdict: Verdict): EvidenceItem[] {
  const { shown } = carrying(state, verdict);
  return basisOf(state, verdict).decisive.filter(
    (item) => item !== shown && numbersOf(item).length > 0,
  );
}

/** The items that `demonstration` has told in full, which nobody needs to read twice. */
export function toldItems(state: IncidentState, verdict: Verdict): EvidenceItem[] {
  const { shown } = carrying(state, verdict);
  return shown
    ? [shown, ...besides(state, verdict)]
    : basisOf(state, verdict).supporting.slice(0, itemsAtMost);
}

/** What the figures of an item come to, as one sentence of Markdown; empty where it has none. */
export function numbersOf({ kind, data }: EvidenceItem): string[] {
  const finding = findingOf(kind, data);
  return finding ? [inline(finding.sentence)] : [];
}

/** An item that speaks for all of a claim may have both edges of a part of it only: the rest is its author's word (R5c). */
function shownForPart(
  state: IncidentState,
  { kind, data }: EvidenceItem,
  { strandNumber, scope }: Verdict,
): string[] {
  if (kind !== "E5" || !data.series) return [];
  const shown = [...Map.groupBy(data.series, (one) => sliceText(one.slice)).values()]
    .filter((own) => readSeries(own).id === "in_and_out")
    .flatMap(([first]) => (first ? [first.slice] : []));
  const ofStrand = state.strands.find(({ number }) => number === strandNumber)?.slice ?? {};
  if (
    shown.length === 0 ||
    [...shown, ...unionOf(shown)].some((one) => covers(one, scope, ofStrand))
  )
    return [];
  const parts = listInWords(shown.map((one) => inline(sliceInWords(one))));
  return [`Both edges are shown for ${parts}; that it speaks for the rest is its author's word.`];
}

/** Parts that differ in one dimension alone, as one part; empty where they differ in more. */
function unionOf(slices: readonly Slice[]): Slice[] {
  const dimensions = [...new Set(slices.map((one) => Object.keys(one).join("\n")))];
  const [only] = dimensions;
  if (dimensions.length !== 1 || !only || only.includes("\n")) return [];
  return [{ [only]: slices.flatMap((one) => one[only] ?? []) }];
}

const oneWayOnly =
  "That is one half: nobody has shown that the failure goes with the change and comes back with it.";

/** R5 a to d. */
const shownBothWays: Partial<Record<EvidenceKind, string>> = {
  E4: "Set back alone, the failure goes; with it alone put in again, the failure returns",
  E5: "The failure rate followed one change in and out; that nothing else changed at either edge is the word of who recorded it",
  E6: "Taking exactly this change out restores the measure, and adding it back lowers it again; that all of it ran on one build is the word of who recorded it",
  E7: "A minimized reproducer fails on the suspect stack and passes on a control stack",
};

const shownOneWay: Partial<Record<EvidenceKind, string>> = {
  E4: "Set back to what last worked, with nothing else changed, the failure goes",
  E5: "The failure gathers in one group of requests",
  E6: "Taking the change out restores the measure",
  E7: "A contract test or reproducer fails on it",
};

/** Of what a verdict without a decisive item rests on, so many are told in their words. */
const itemsAtMost = 4;

function withoutDecisive(
  supporting: readonly EvidenceItem[],
  { approver, reason }: Verdict,
  names: Names,
): string {
  if (supporting.length === 0) return "No recorded evidence that counts carries it.";
  const items = supporting
    .slice(0, itemsAtMost)
    .map(
      ({ number, kind, what }) =>
        `evidence ${number} (${lowerFirst(evidenceKinds[kind])}: ${said(cut(what, 300))})`,
    );
  const more = supporting.slice(itemsAtMost).map(({ number }) => number);
  return [
    `Nothing decisive shows it. It rests on ${listInWords([...items, ...(more.length > 0 ? [evidenceWords(more)] : [])])}.`,
    ...(reason ? [`Why nothing decisive could be had: ${sentence(reason)}`] : []),
    ...(approver ? [`${nameOf(names, approver)} approved naming it all the same.`] : []),
  ].join(" ");
}
