import { splitSuggestion } from "#src/domain/split.ts";
import type { ClaimRule } from "./claim.ts";

/** R10: while a suggestion to split the strand is unanswered, no verdict on it is admissible. */
export const noOpenSplit: ClaimRule = (state, { strandNumber }) => {
  const suggestion = splitSuggestion(state, strandNumber);
  if (!suggestion) return undefined;
  return {
    rule: "R10",
    missing: ["split_answer"],
    sentence: `This may be more than one failure: ${suggestion.sentence} Say in the checklist whether to split it; until then no verdict can be set.`,
  };
};
