import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import type { Rule } from "#src/domain/rule.ts";

/**
 * What a person claims of one layer of one strand; accepted, it becomes a verdict. `author` is the claimant.
 * R10 is structural as well: nothing but a person's form makes a claim, and no other part of this service
 * sets a verdict.
 */
export type VerdictClaim = Omit<Verdict, "recorder" | "recordedAt" | "revision">;

/** A rule that a verdict is tested by. */
export type ClaimRule = Rule<IncidentState, VerdictClaim>;
