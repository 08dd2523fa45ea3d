import { layers } from "#src/domain/layers/index.ts";
import { basisOf, isChangeKind } from "./basis.ts";
import type { ClaimRule } from "./claim.ts";

/** R3: that something changed near the window makes its layer relevant, not guilty: it is implicated at most (0.12). */
export const moreThanChanges: ClaimRule = (state, claim) => {
  if (claim.verdict !== "proximate") return undefined;
  const { supporting } = basisOf(state, claim);
  if (supporting.length === 0 || !supporting.every((item) => isChangeKind(item.kind))) {
    return undefined;
  }
  const { label } = layers[claim.layer];
  return {
    rule: "R3",
    missing: ["decisive_item"],
    sentence: `That ${label} changed makes it a suspect, no more. Show that the failure goes with the change: failure rates by cohort, a replay with one override, or a reproducer. Until then, set “implicated”.`,
  };
};
