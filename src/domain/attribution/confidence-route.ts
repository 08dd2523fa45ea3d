import { twoWay } from "#src/domain/figures/demonstrations.ts";
import { recoveringLayers } from "#src/domain/figures/replay.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { type Basis, hasTwoKinds, itemsOutside } from "./basis.ts";
import type { VerdictClaim } from "./claim.ts";

/** What is missing of the evidence, as ids of what to get, and why in one sentence after a colon. */
export interface Lack {
  missing: string[];
  why: string;
}

/**
 * R5, B13.4: what the confidence still asks for. Confirmed: a two-way demonstration, which is the reverse
 * arm where an override of the layer recovers already. Probable and suspected: a decisive item, or two
 * supporting items of different kinds with an approver who is not the claimant, and for probable the reason.
 */
export function missingForConfidence(
  state: IncidentState,
  claim: VerdictClaim,
  basis: Basis,
): Lack | undefined {
  const { layer, confidence } = claim;
  if (confidence === "confirmed") return missingForConfirmed(claim, basis);
  if (basis.decisive.length > 0) return undefined;
  if (!hasTwoKinds(basis)) {
    return {
      missing: ["decisive_item"],
      why: `nothing decisive supports it${outOfScope(state, claim)}. Record failure rates by cohort, a replay with one override or a reproducer for ${layers[layer].label}.`,
    };
  }
  const missing = missingForTwo(claim);
  if (missing.length === 0) return undefined;
  const why =
    missing[0] === "approver"
      ? "it rests on two supporting items and nothing decisive. Name somebody else who approves it, or record a decisive item."
      : "it rests on two supporting items. Say why nothing decisive can be had, or claim “suspected”.";
  return { missing, why };
}

/** R5: two supporting items carry it by themselves, whatever else there is. */
export function standsOnTwo(claim: VerdictClaim, basis: Basis): boolean {
  return (
    claim.confidence !== "confirmed" && hasTwoKinds(basis) && missingForTwo(claim).length === 0
  );
}

/** B13.4: the approver is not the claimant, so a claimant who approves the own claim is none. */
function missingForTwo({ confidence, approver, reason, author }: VerdictClaim): string[] {
  return [
    ...(approver === null || approver === author ? ["approver"] : []),
    ...(confidence === "probable" && !reason?.trim() ? ["reason"] : []),
  ];
}

function missingForConfirmed({ layer }: VerdictClaim, { decisive }: Basis): Lack | undefined {
  if (decisive.some((item) => twoWay(item, layer))) return undefined;
  const { label } = layers[layer];
  if (decisive.some((item) => recoveringLayers(item.data.arms ?? []).includes(layer))) {
    return {
      missing: ["reverse_arm"],
      why: `setting ${label} back helps, and nobody has tried the reverse. Replay with everything set back but ${label}: if that fails again, it is confirmed. Or claim “probable”.`,
    };
  }
  return {
    missing: ["two_way_demonstration"],
    why: `confirmed takes the failure going away when the change is taken out, and coming back with it: rates that follow the change in and out, a reproducer with a control, or an ablation with the change added back. Or claim less.`,
  };
}

/** Items that would carry it and speak of another part are named: it is the scope that keeps them out (R5, B13.1). */
function outOfScope(state: IncidentState, claim: VerdictClaim): string {
  const { strandNumber, scope, layer, evidenceNumbers } = claim;
  const other = itemsOutside(state, strandNumber, JSON.stringify(scope)).find(
    ({ supports, number }) =>
      supports.includes(layer) &&
      (evidenceNumbers.length === 0 || evidenceNumbers.includes(number)),
  );
  if (!other) return "";
  return ` for this part (evidence ${other.number} speaks only of ${sliceInWords(other.slice)})`;
}
