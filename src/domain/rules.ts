import type { IncidentState } from "./incident.ts";
import type { OtherRefusal, RuleRefusal } from "./rejection.ts";
import type { Missing } from "./rule.ts";
import { missingInWords } from "./words.ts";

/**
 * What several rules or gates find missing, as one refusal: every rule that refuses in their order,
 * and under `missing` all that the first rule asks for; the rest of it and the other sentences are
 * folded. Undefined where nothing is missing.
 */
export function composeRefusal(state: IncidentState, found: Missing[]): RuleRefusal | undefined {
  const [first, ...others] = found;
  if (!first) return undefined;
  const ofFirstRule = found.filter((one) => one.rule === first.rule);
  const rest = first.missing.slice(1).map((id) => missingInWords(state, id));
  return {
    rules: [...new Set(found.flatMap((one) => [one.rule, ...(one.alsoRules ?? [])]))],
    missing: [...new Set(ofFirstRule.flatMap((one) => one.missing))],
    sentence: first.sentence,
    others: otherRules(others.filter((one) => one.rule !== first.rule)),
    more: [
      ...(rest.length > 0 ? [`After that: ${rest.join("; ")}.`] : []),
      ...others.map((one) => one.sentence),
    ],
  };
}

/** One entry a rule: its first sentence, and all that it asks for. */
function otherRules(found: Missing[]): OtherRefusal[] {
  return [...Map.groupBy(found, (one) => one.rule)].map(([rule, ofRule]) => ({
    rule,
    missing: [...new Set(ofRule.flatMap((one) => one.missing))],
    sentence: ofRule[0]?.sentence ?? "",
  }));
}
