import type { EvidenceItem } from "./evidence.ts";
import type { EvidenceKind } from "./vocabulary.ts";

/** B3: kinds that point somewhere and decide nothing by themselves: a user report, a recollection. */
export function isWeak(kind: EvidenceKind): boolean {
  return kind === "E10" || kind === "E11";
}

/** R11: whether an item counts for rules and rates. A report does once somebody has verified it. */
export function isCounted({
  kind,
  isVerified,
}: Pick<EvidenceItem, "kind" | "isVerified">): boolean {
  return kind !== "E10" || isVerified === true;
}

/** B3: a replay, cohort rates, a contract test, and an ablation that has both arms may carry a proximate claim. */
export function isDecisive({ kind, data }: Pick<EvidenceItem, "kind" | "data">): boolean {
  if (kind === "E6") return hasBothArms(data["ablation"]);
  return kind === "E4" || kind === "E5" || kind === "E7";
}

/** An ablation with both arms: the measure with the suspect change and without it. */
function hasBothArms(ablation: unknown): boolean {
  if (!Array.isArray(ablation)) return false;
  const arms = ablation.map((arm: unknown) =>
    typeof arm === "object" && arm !== null && "with_change" in arm ? arm.with_change : undefined,
  );
  return arms.includes(true) && arms.includes(false);
}
