import type { IncidentState } from "#src/domain/incident.ts";
import { isInForce, leverWords } from "#src/domain/lever-use.ts";
import type { Rule } from "#src/domain/rule.ts";

/** B5: no lever stays in force, claimed, confirmed or declined, when recovery is left or the response ends. */
export const leversEnded: Rule<IncidentState, unknown> = (state) => {
  const [first, ...rest] = state.levers.filter(isInForce);
  if (!first) return undefined;
  return {
    rule: "B5",
    missing: [first, ...rest].map((use) => `LV${use.number}`),
    sentence: `Take back “${leverWords(first)}”, or keep it for good and say why: it is still in force.`,
  };
};
