import { layers } from "#src/domain/layers/index.ts";
import type { ClaimRule } from "./claim.ts";

/** R7: a contributing layer takes one sentence on what it contributed (2.11). */
export const contributionSaid: ClaimRule = (_state, claim) => {
  if (claim.verdict !== "contributing" || claim.contribution?.trim()) return undefined;
  const { label } = layers[claim.layer];
  return {
    rule: "R7",
    missing: ["contribution"],
    sentence: `Say in one sentence what ${label} contributed: the condition without which it would have gone better.`,
  };
};
