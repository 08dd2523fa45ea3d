import { layers } from "#src/domain/layers/index.ts";
import { basisOf } from "./basis.ts";
import type { ClaimRule } from "./claim.ts";
import { missingClears } from "./mandatory-clears.ts";
import { missingPositive } from "./positive-evidence.ts";
import { missingForConfidence } from "./confidence-route.ts";

/**
 * R5, B3.3: the evidence under a proximate claim carries its confidence; the layer's positive evidence is
 * there, and what must be cleared is. What B3.3 asks refuses as R5.
 */
export const confidenceEarned: ClaimRule = (state, claim) => {
  if (claim.verdict !== "proximate") return undefined;
  if (claim.confidence === null) {
    const sentence = `Say how sure it is that ${layers[claim.layer].label} broke first.`;
    return { rule: "R5", missing: ["confidence"], sentence };
  }
  const basis = basisOf(state, claim);
  const found = [
    missingForConfidence(state, claim, basis),
    missingPositive(state, claim, basis),
    missingClears(state, claim),
  ].filter((one) => one !== undefined);
  const [first] = found;
  if (!first) return undefined;
  return {
    rule: "R5",
    missing: found.flatMap((one) => one.missing),
    sentence: `${layers[claim.layer].label} cannot be named like this yet: ${first.why}`,
  };
};
