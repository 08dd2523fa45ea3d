import type { EvidenceItem } from "./evidence.ts";
import type { EvidenceKind } from "./vocabulary.ts";

/** B3: kinds that point somewhere and decide nothing by themselves: a user report, a recollection. */
export function isWeak(kind: EvidenceKind): boolean {
  return kind === "E10" || kind === "E11";
}

/**
 * R11: whether an item counts for rules and rates. A report does once somebody has verified it; any other
 * item until somebody takes it out because it is wrong.
 */
export function isCounted({
  kind,
  isVerified,
}: Pick<EvidenceItem, "kind" | "isVerified">): boolean {
  return isVerified !== false && (kind !== "E10" || isVerified === true);
}
