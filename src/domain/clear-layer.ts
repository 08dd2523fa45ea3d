import { err, ok } from "#src/lib/result.ts";
import { clearedWithEvidence } from "./attribution/cleared-with-evidence.ts";
import { noOpenSplit } from "./attribution/no-open-split.ts";
import { sourceComplete } from "./attribution/source-complete.ts";
import type { VerdictClaim } from "./attribution/claim.ts";
import type { Decider } from "./decider.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { currentVerdicts } from "./layer-state.ts";
import { nothingNew } from "./nothing-new.ts";
import { decideSetVerdict } from "./set-verdict.ts";
import { verdictKinds } from "./vocabulary.ts";

export interface ClearLayerInput {
  incidentId: IncidentId;
  strandNumber: number;
  layer: LayerId;
}

/**
 * Whether one press rules the layer out: nobody has decided anything of it, and R2, R4 and R10 find nothing
 * missing for "ruled out" on all items of the strand.
 */
export function isClearable(state: IncidentState, strandNumber: number, layer: LayerId): boolean {
  const strand = state.strands.find(({ number }) => number === strandNumber);
  if (state.incident.status !== "open" || !strand || strand.parkedWhy !== null) return false;
  if (currentVerdicts(state, strandNumber).some((one) => one.layer === layer)) return false;
  const claim: VerdictClaim = {
    ...clearing(strandNumber, layer),
    author: state.incident.coordinator,
  };
  return [clearedWithEvidence, sourceComplete, noOpenSplit].every((rule) => !rule(state, claim));
}

/**
 * One press rules a layer out, in the name of who pressed (R10). Pressed again, by anybody, it changes
 * nothing; what somebody else has decided meanwhile is not overwritten. All rules are asked as by the form.
 */
export const decideClearLayer: Decider<ClearLayerInput> = (state, input, by) => {
  const { incidentId, strandNumber, layer } = input;
  const standing = currentVerdicts(state, strandNumber).filter((one) => one.layer === layer);
  const { label } = layers[layer];
  if (standing.some((one) => one.verdict === "cleared" && isWhole(one.scope))) {
    const { outcome, ...nothing } = nothingNew(state);
    return ok({ ...nothing, outcome: { ...outcome, sentence: `${label} is ruled out already.` } });
  }
  const other = standing.at(-1);
  if (other) {
    const message = `“${verdictKinds[other.verdict]}” stands for ${label} by now. To change it, press “Set a verdict” in the checklist.`;
    return err({ code: "stale", message });
  }
  return decideSetVerdict(state, { incidentId, ...clearing(strandNumber, layer) }, by);
};

function isWhole(scope: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(scope).length === 0;
}

function clearing(strandNumber: number, layer: LayerId) {
  return {
    strandNumber,
    layer,
    verdict: "cleared",
    confidence: null,
    scope: {},
    contribution: null,
    reason: null,
    locus: "ours",
    evidenceNumbers: [],
    approver: null,
  } satisfies Omit<VerdictClaim, "author">;
}
