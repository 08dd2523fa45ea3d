import { isUndeterminable } from "#src/domain/layer-state.ts";
import { layerIds, layers } from "#src/domain/layers/index.ts";
import type { ClaimRule } from "./claim.ts";

/** R6: a layer that cannot be determined caps the confidence of every proximate claim of its strand at probable. */
export const undeterminableCaps: ClaimRule = (state, claim) => {
  if (claim.verdict !== "proximate" || claim.confidence !== "confirmed") return undefined;
  const [first, ...rest] = layerIds.filter((layer) =>
    isUndeterminable(state, claim.strandNumber, layer),
  );
  if (!first) return undefined;
  return {
    rule: "R6",
    missing: [first, ...rest],
    sentence: `${layers[first].label} cannot be determined, so nothing in this strand can be more than probable. Find out about ${layers[first].label} and correct its answer, or claim “probable”.`,
  };
};
