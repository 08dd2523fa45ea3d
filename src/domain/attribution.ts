import type { ClaimRule, VerdictClaim } from "./attribution/claim.ts";
import { clearedWithEvidence } from "./attribution/cleared-with-evidence.ts";
import { confidenceEarned } from "./attribution/confidence-earned.ts";
import { contributionBlameless, refusedWords } from "./attribution/contribution-blameless.ts";
import { contributionSaid } from "./attribution/contribution-said.ts";
import { moreThanChanges } from "./attribution/more-than-changes.ts";
import { noOpenSplit } from "./attribution/no-open-split.ts";
import { notByMitigation } from "./attribution/not-by-mitigation.ts";
import { opposingRowsAnswered } from "./attribution/opposing-rows-answered.ts";
import { othersExamined } from "./attribution/others-examined.ts";
import { sourceComplete } from "./attribution/source-complete.ts";
import { undeterminableCaps } from "./attribution/undeterminable-caps.ts";
import type { IncidentState } from "./incident.ts";
import type { RuleRefusal } from "./rejection.ts";
import { composeRefusal } from "./rules.ts";

/**
 * The rules a verdict is tested by, in the order in which they refuse (B3, after R14). A new rule is a
 * function in `attribution/` and its place in this list. R11 is `isCounted`, R13 `recurrence.ts`, R14 the
 * gate `strandsAttributed`.
 */
export const verdictRules: readonly ClaimRule[] = [
  noOpenSplit, // R10
  othersExamined, // R1
  sourceComplete, // R4
  clearedWithEvidence, // R2
  opposingRowsAnswered, // R9
  moreThanChanges, // R3
  notByMitigation, // R8
  confidenceEarned, // R5
  undeterminableCaps, // R6
  contributionSaid, // R7
  contributionBlameless, // R12
];

/** Every rule that refuses the claim, the first one as its sentence; undefined where it is admissible. */
export function checkClaim(state: IncidentState, claim: VerdictClaim): RuleRefusal | undefined {
  const found = verdictRules.map((rule) => rule(state, claim)).filter((one) => one !== undefined);
  const refusal = composeRefusal(state, found);
  const rewrite = refusedWords(claim)?.rewrite;
  return refusal && rewrite ? { ...refusal, rewrite } : refusal;
}
