import type { IncidentState } from "#src/domain/incident.ts";
import { itemsOfStrand } from "#src/domain/layer-state.ts";
import { layers } from "#src/domain/layers/index.ts";
import { basisOf } from "./basis.ts";
import type { ClaimRule, VerdictClaim } from "./claim.ts";

/**
 * R8: that a mitigation helped says nothing of where it broke. Refuses only where, without mitigation
 * arms and levers, nothing the claim rests on supports the layer (B13.5).
 */
export const notByMitigation: ClaimRule = (state, claim) => {
  if (claim.verdict !== "proximate" || basisOf(state, claim).supporting.length > 0)
    return undefined;
  if (!isMitigated(state, claim)) return undefined;
  const { label } = layers[claim.layer];
  return {
    rule: "R8",
    missing: ["decisive_item"],
    sentence: `That a change to ${label} helped does not show that ${label} broke: it may cover up a fault elsewhere. Replay the request with ${label} set back to what last worked, and nothing else.`,
  };
};

/** A lever was pulled at this layer, or a mitigation of it was tried in a replay of the strand. */
function isMitigated(state: IncidentState, { layer, strandNumber }: VerdictClaim): boolean {
  const isTried = itemsOfStrand(state, strandNumber).some(({ data }) =>
    (data.arms ?? []).some((arm) => arm.role === "mitigation" && arm.layers.includes(layer)),
  );
  return (
    isTried || state.levers.some((lever) => lever.layer === layer && lever.state !== "declined")
  );
}
