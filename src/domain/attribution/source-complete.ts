import { currentAnswer, layerState } from "#src/domain/layer-state.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { ClaimRule } from "./claim.ts";

/**
 * R4: "no change" clears a layer only from a change record that is known to be complete for the window.
 * Otherwise the layer is blocked, as it is by "cannot tell", and cannot be ruled out.
 */
export const sourceComplete: ClaimRule = (state, { verdict, strandNumber, layer }) => {
  if (verdict !== "cleared" && verdict !== "not_applicable") return undefined;
  if (layerState(state, strandNumber, layer) !== "blocked") return undefined;
  const { label } = layers[layer];
  if (currentAnswer(state, strandNumber, layer)?.change === "cannot_tell") {
    return {
      rule: "R4",
      missing: [layer],
      sentence: `${label} cannot be ruled out, because its answer is “cannot tell”. Correct the answer once somebody knows, or set “cannot be determined”.`,
    };
  }
  return {
    rule: "R4",
    missing: ["change_source_complete"],
    sentence: `${label} cannot be ruled out by “no change”, because nobody knows whether its change record is complete. Look it up, then tick “known for sure” in the answer; or set “cannot be determined”.`,
  };
};
