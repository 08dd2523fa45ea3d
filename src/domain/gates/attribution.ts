import type { IncidentState } from "#src/domain/incident.ts";
import { isAttributed } from "#src/domain/layer-state.ts";
import type { Rule } from "#src/domain/rule.ts";
import type { CloseClaim } from "./close-claim.ts";

/** R14: no strand stays unattributed, except "closed, undetermined" with another person's approval and an instrumentation action. */
export const strandsAttributed: Rule<IncidentState, CloseClaim> = (state, claim) => {
  const [first, ...rest] = state.strands.filter((one) => !isAttributed(state, one.number));
  if (!first) return undefined;
  if (claim.closeAs === "undetermined" && isApproved(claim) && hasInstrumentation(state)) {
    return undefined;
  }
  return {
    rule: "R14",
    missing: [first, ...rest].map((strand) => `S${strand.number}`),
    sentence: sentenceForStrand(state, claim, first.number),
  };
};

function isApproved(claim: CloseClaim): boolean {
  return claim.approver !== null && claim.approver !== claim.closedBy;
}

function hasInstrumentation(state: IncidentState): boolean {
  return state.actions.some((action) => action.constraintKind === "observability");
}

function sentenceForStrand(state: IncidentState, claim: CloseClaim, number: number): string {
  const subject = state.strands.length > 1 ? `strand ${number}` : "this incident";
  if (claim.closeAs === "attributed") {
    return `Nobody has named what broke first in ${subject}: name it in the checklist, or close as undetermined with an approver and an observability action.`;
  }
  if (!isApproved(claim)) {
    return `Name somebody other than yourself who approves closing without knowing what broke first in ${subject}.`;
  }
  return `Record an action of the kind observability first, so that what broke first in ${subject} can be seen the next time.`;
}
