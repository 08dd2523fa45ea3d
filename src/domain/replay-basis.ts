import type { EvidenceItem } from "./evidence.ts";
import { isCounted } from "./evidence-weight.ts";
import { pooled } from "./figures/arm-readings.ts";
import { type Arm, type Counts, rateOf } from "./figures/figures.ts";
import type { IncidentState } from "./incident.ts";
import { type LayerId, layerIds } from "./layers/index.ts";
import { currentAnswer, isAttributed, verdictOf } from "./layer-state.ts";

/** A layer without an arm, and why in words that end a sentence: "ruled out". */
export interface LeftOut {
  layer: LayerId;
  why: string;
}

/** How often it fails, as far as anybody knows: seen at a baseline, or in the worst group of a cohort item. */
export interface BaseRate extends Counts {
  evidenceNumber: number;
  isBaseline: boolean;
}

/** A recorded replay that can be built upon: it has a baseline. */
export interface Replay {
  item: EvidenceItem;
  arms: Arm[];
  baseline: Counts;
}

/** The newest item with arms and a baseline; a replay without one says nothing. */
export function newestReplay(
  { evidence }: IncidentState,
  strandNumber: number,
): Replay | undefined {
  return evidence
    .filter((item) => isOf(item, strandNumber) && item.kind === "E4")
    .toSorted((one, other) => other.number - one.number)
    .flatMap((item) => {
      const arms = item.data.arms ?? [];
      const baseline = pooled(arms, "baseline");
      return baseline ? [{ item, arms, baseline }] : [];
    })[0];
}

/** The first strand without a layer that broke first; the first one where all have one. */
export function firstOpenStrand(state: IncidentState): number {
  const open = state.strands.find(({ number }) => !isAttributed(state, number));
  return (open ?? state.strands[0])?.number ?? 1;
}

/**
 * Layers whose pin may have changed: those that are said to have changed first. One that is ruled out, not
 * applicable, or known not to have changed has nothing to be set back.
 */
export function layersToSetBack(
  state: IncidentState,
  strandNumber: number,
): { open: LayerId[]; leftOut: LeftOut[] } {
  const leftOut = layerIds.flatMap((layer): LeftOut[] => {
    const why = whyLeftOut(state, strandNumber, layer);
    return why === undefined ? [] : [{ layer, why }];
  });
  const open = layerIds.filter((layer) => !leftOut.some((one) => one.layer === layer));
  const isSaidToHaveChanged = (layer: LayerId): number => {
    const change = currentAnswer(state, strandNumber, layer)?.change;
    return Number(change === "changed" || change === "degraded");
  };
  return {
    open: open.toSorted((one, other) => isSaidToHaveChanged(other) - isSaidToHaveChanged(one)),
    leftOut,
  };
}

function whyLeftOut(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
): string | undefined {
  const verdict = verdictOf(state, strandNumber, layer)?.verdict;
  if (verdict === "cleared") return "ruled out";
  const answer = currentAnswer(state, strandNumber, layer);
  if (verdict === "not_applicable" || answer?.change === "not_applicable") return "not applicable";
  return answer?.change === "no_change" && answer.isSourceComplete
    ? "no change, known for sure"
    : undefined;
}

/** The group that fails most, of all rates by cohort and windows of a series with the change in. */
export function worstGroup({ evidence }: IncidentState, strandNumber: number): BaseRate | null {
  const groups = evidence
    .filter((item) => isOf(item, strandNumber) && item.kind === "E5")
    .flatMap(({ number, data }) =>
      [...(data.cohorts ?? []), ...(data.series ?? []).filter(({ isChangeIn }) => isChangeIn)]
        .filter(({ n, fails }) => n > 0 && fails > 0)
        .map(({ n, fails }) => ({ n, fails, evidenceNumber: number, isBaseline: false })),
    );
  return groups.toSorted((one, other) => rateOf(other) - rateOf(one))[0] ?? null;
}

function isOf(item: EvidenceItem, strandNumber: number): boolean {
  return isCounted(item) && item.strandNumbers.includes(strandNumber);
}
