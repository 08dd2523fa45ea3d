import { strandsAttributed } from "./gates/attribution.ts";
import type { CloseClaim } from "./gates/close-claim.ts";
import { strandsDiagnosed } from "./gates/diagnosis.ts";
import { gapsAnswered, goldenMade, layersHaveActions } from "./gates/learning.ts";
import { leversEnded } from "./gates/recovery.ts";
import { harmSignalNamed, leverRecorded } from "./gates/stabilization.ts";
import type { Incident, IncidentState } from "./incident.ts";
import { notHoldingFlags } from "./not-holding.ts";
import type { Rejection, RuleRefusal } from "./rejection.ts";
import type { Missing, Rule } from "./rule.ts";
import { composeRefusal } from "./rules.ts";
import { type Phase, phases } from "./vocabulary.ts";

/**
 * What stands in the way of closing, in the order of what is missing (B13.14): criteria, levers,
 * strands, gaps, layers. A new gate is a function in `gates/` and its place in this list.
 */
export const closeGates: Rule<IncidentState, CloseClaim>[] = [
  leversEnded,
  strandsAttributed,
  layersHaveActions,
];

/** Shown at close, never refused: gaps that nothing answers (Q4), no test made of the failure (Q6). */
const closeFlagRules: Rule<IncidentState, unknown>[] = [gapsAnswered, goldenMade];

/**
 * B13.14: what each phase asks of who moves there, in the same order: recovering asks what
 * stabilization and diagnosis leave behind, learning what recovery and diagnosis do; earlier phases
 * pass by themselves.
 */
const phaseGates: Record<Phase, Rule<IncidentState, unknown>[]> = {
  declared: [],
  stabilizing: [],
  diagnosing: [],
  recovering: [leverRecorded, harmSignalNamed, strandsDiagnosed],
  learning: [leversEnded, strandsDiagnosed],
};

/** Every gate that refuses the close, the first one as its sentence; undefined where nothing stands in the way. */
export function checkClose(state: IncidentState, claim: CloseClaim): RuleRefusal | undefined {
  return composeRefusal(state, findMissing(closeGates, state, claim));
}

/** What still stands in the way of closing with every strand attributed, one entry a gate. */
export function closeMissing(state: IncidentState): Missing[] {
  const { coordinator } = state.incident;
  return findMissing(closeGates, state, {
    closeAs: "attributed",
    approver: null,
    closedBy: coordinator,
  });
}

/** What is shown at close although it does not stand in the way: verdicts that would be refused now, then one entry a rule. */
export function closeFlags(state: IncidentState): Missing[] {
  return [...notHoldingFlags(state), ...findMissing(closeFlagRules, state, undefined)];
}

/** What stands in the way of a move forward to this phase, one entry a gate; moves back are free. */
export function phaseMissing(state: IncidentState, to: Phase): Missing[] {
  return isForward(state.incident.phase, to) ? findMissing(phaseGates[to], state, undefined) : [];
}

/** The same as one refusal; undefined where the way is free. */
export function checkPhase(state: IncidentState, to: Phase): RuleRefusal | undefined {
  return composeRefusal(state, phaseMissing(state, to));
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

/** The phases in the order in which an incident runs. */
export const phaseOrder = Object.keys(phases) as Phase[];

/** Whether `to` comes after `from`. */
export function isForward(from: Phase, to: Phase): boolean {
  return phaseOrder.indexOf(to) > phaseOrder.indexOf(from);
}

/** The phase after something happened that belongs to `reached`: phases move forward by themselves, never back (B5). */
export function phaseAfter(current: Phase, reached: Phase): Phase {
  return isForward(current, reached) ? reached : current;
}

function findMissing<Claim>(
  gates: readonly Rule<IncidentState, Claim>[],
  state: IncidentState,
  claim: Claim,
): Missing[] {
  return gates.map((gate) => gate(state, claim)).filter((one) => one !== undefined);
}
