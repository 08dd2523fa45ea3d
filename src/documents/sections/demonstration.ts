import { basisOf } from "#src/domain/attribution/basis.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { twoWay } from "#src/domain/figures/demonstrations.ts";
import { countsInWords, pInWords } from "#src/domain/figures/figure-words.ts";
import { findingOf } from "#src/domain/figures/read-figures.ts";
import { readReplay } from "#src/domain/figures/replay.ts";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
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

/**
 * By which demonstration a proximate verdict has its confidence (R5), in sentences of Markdown: the item,
 * what it shows in plain words, and its numbers. What is missing to be surer is said.
 */
export function demonstration(state: IncidentState, verdict: Verdict, names: Names): string {
  const { supporting, decisive } = basisOf(state, verdict);
  const bothWays = decisive.filter((item) => twoWay(item, verdict.layer));
  const [shown] = bothWays.length > 0 ? bothWays : decisive;
  if (!shown) return withoutDecisive(supporting, verdict, names);
  const isBothWays = bothWays.length > 0;
  const others = supporting.filter((item) => item !== shown).map(({ number }) => number);
  return [
    `${(isBothWays ? shownBothWays : shownOneWay)[shown.kind] ?? "Evidence shows it"} (evidence ${shown.number}): ${saidLast(shown.what)}`,
    ...numbersOf(shown),
    ...(isBothWays ? reverseOf(shown, verdict.layer) : []),
    ...(isBothWays ? [] : [oneWayOnly]),
    ...(others.length > 0 ? [`It is supported by ${evidenceWords(others)} too.`] : []),
  ].join(" ");
}

/** What the figures of an item come to, as one sentence of Markdown; empty where it has none. */
export function numbersOf({ kind, data }: EvidenceItem): string[] {
  const finding = findingOf(kind, data);
  return finding ? [inline(finding.sentence)] : [];
}

/** The other half of a replay both ways, which its reading leaves out. */
function reverseOf({ kind, data }: EvidenceItem, layer: LayerId): string[] {
  if (kind !== "E4" || !data.arms) return [];
  const again = readReplay(data.arms).arms.filter(
    ({ verdict, layers }) => verdict === "fails_again" && layers.includes(layer),
  );
  const runs = again.map(
    (arm) => `${inline(arm.name)} ${countsInWords(arm)} (${pInWords(arm.p ?? 1)})`,
  );
  return runs.length > 0 ? [`The other way round: ${listInWords(runs)}.`] : [];
}

const oneWayOnly =
  "That is one half: nobody has shown that the failure goes with the change and comes back with it.";

/** R5 a to d. */
const shownBothWays: Partial<Record<EvidenceKind, string>> = {
  E4: "Set back alone, the failure goes; with it alone put in again, the failure returns",
  E5: "The failure rate followed one change in and out, while everything else that is tracked stayed equal",
  E6: "On the same build, taking exactly this change out restores the measure, and adding it back lowers it again",
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
