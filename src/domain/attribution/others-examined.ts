import { openLayers } from "#src/domain/layer-state.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { ClaimRule } from "./claim.ts";

/** R1: no layer is proximate while another layer of the strand is unexamined; the claimed one may be (B13.2). */
export const othersExamined: ClaimRule = (state, claim) => {
  if (claim.verdict !== "proximate") return undefined;
  const [first, ...rest] = openLayers(state, claim.strandNumber).filter(
    (layer) => layer !== claim.layer,
  );
  if (!first) return undefined;
  const claimed = layers[claim.layer].label;
  return {
    rule: "R1",
    missing: [first, ...rest],
    sentence: `${claimed} cannot be named yet, because nobody has answered for ${layers[first].label}${othersToo(rest.length)}: ask the owner, “cannot tell” counts.`,
  };
};

function othersToo(count: number): string {
  if (count === 0) return "";
  return count === 1 ? " and 1 other layer" : ` and ${count} other layers`;
}
