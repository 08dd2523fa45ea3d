import type { Incident, IncidentState } from "./incident.ts";
import { layerIds, layers } from "./layers/index.ts";
import { isAttributed } from "./layer-state.ts";
import { isInForce, leverWords } from "./lever-use.ts";
import type { UserId } from "./person.ts";
import type { Rejection, RuleRefusal } from "./rejection.ts";
import type { Missing, Rule } from "./rule.ts";
import { composeRefusal } from "./rules.ts";
import type { Phase } from "./vocabulary.ts";

/** What a person asks for who ends the response. */
export interface CloseClaim {
  closeAs: "attributed" | "undetermined";
  approver: UserId | null;
  closedBy: UserId;
}

/** B5: no lever stays in force, claimed, confirmed or declined, when the response ends. */
export const leversEnded: Rule<IncidentState, CloseClaim> = (state) => {
  const [first, ...rest] = state.levers.filter(isInForce);
  if (!first) return undefined;
  return {
    rule: "B5",
    missing: [first, ...rest].map((use) => `LV${use.number}`),
    sentence: `Take back “${leverWords(first)}”, or keep it for good and say why: it is still in force.`,
  };
};

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

/** B5, Q4: every proximate and contributing layer has an action. */
export const layersHaveActions: Rule<IncidentState, CloseClaim> = (state) => {
  const [first, ...rest] = layerIds.filter(
    (layer) =>
      state.verdicts.some(
        (one) =>
          one.layer === layer && (one.verdict === "proximate" || one.verdict === "contributing"),
      ) && !state.actions.some((action) => action.layer === layer),
  );
  if (!first) return undefined;
  return {
    rule: "B5",
    missing: [first, ...rest],
    sentence: `Record a corrective action for ${layers[first].label}: one owner, a day, and how somebody else can tell that it is done.`,
  };
};

/**
 * What stands in the way of closing, in the order of what is missing (B13.14): criteria, levers,
 * strands, gaps, layers. A new gate is a function above and its place in this list.
 */
export const closeGates: Rule<IncidentState, CloseClaim>[] = [
  leversEnded,
  strandsAttributed,
  layersHaveActions,
];

/** Every gate that refuses the close, the first one as its sentence; undefined where nothing stands in the way. */
export function checkClose(state: IncidentState, claim: CloseClaim): RuleRefusal | undefined {
  return composeRefusal(state, missingFor(state, claim));
}

/** What still stands in the way of closing with every strand attributed, one entry a gate. */
export function closeMissing(state: IncidentState): Missing[] {
  const { coordinator } = state.incident;
  return missingFor(state, { closeAs: "attributed", approver: null, closedBy: coordinator });
}

/**
 * A sentence for whoever wants to record something in an incident that is over (`stale`); undefined
 * while it is open. `instead` says what to do; without it, whoever filled in a form keeps their words.
 */
export function refuseIfOver(
  incident: Incident,
  instead = "Copy what you wrote and post it in its channel.",
): Rejection | undefined {
  if (incident.status === "open") return undefined;
  const how = incident.status === "cancelled" ? "was cancelled" : "is closed";
  return {
    code: "stale",
    message: `Incident ${incident.number} ${how}, so nothing was recorded. ${instead}`,
  };
}

const phaseOrder: readonly Phase[] = [
  "declared",
  "stabilizing",
  "diagnosing",
  "recovering",
  "learning",
];

/** The phase after something happened that belongs to `reached`: phases move forward by themselves, never back (B5). */
export function phaseAfter(current: Phase, reached: Phase): Phase {
  return phaseOrder.indexOf(reached) > phaseOrder.indexOf(current) ? reached : current;
}

function missingFor(state: IncidentState, claim: CloseClaim): Missing[] {
  return closeGates.map((gate) => gate(state, claim)).filter((one) => one !== undefined);
}

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
