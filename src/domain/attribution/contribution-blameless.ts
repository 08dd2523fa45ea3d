import { refuseWording } from "#src/domain/free-text.ts";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import type { ClaimRule, VerdictClaim } from "./claim.ts";

/** R12: what is said of a verdict names a role and a condition, never a person, nor the model as such. */
export const contributionBlameless: ClaimRule = (_state, claim) => {
  const refusal = refusedWords(claim);
  return refusal && { rule: "R12", missing: refusal.missing, sentence: refusal.sentence };
};

/** The refusal of the words of a claim, with the words it offers instead; undefined where they may stand. */
export function refusedWords({ contribution, reason }: VerdictClaim): RuleRefusal | undefined {
  const rejection = refuseWording({ contribution, reason });
  return rejection?.code === "refused" ? rejection.refusal : undefined;
}
