import { verdictRules } from "./attribution.ts";
import { noOpenSplit } from "./attribution/no-open-split.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import { currentVerdicts } from "./layer-state.ts";
import { layers } from "./layers/index.ts";
import { oncePerState } from "./once-per-state.ts";
import type { RuleRefusal } from "./rejection.ts";
import type { Missing } from "./rule.ts";
import { composeRefusal } from "./rules.ts";
import { verdictKinds } from "./vocabulary.ts";

/** A verdict that stands and would be refused today, and why. */
export interface NotHolding {
  verdict: Verdict;
  refusal: RuleRefusal;
}

/**
 * The verdicts of a strand that the rules would refuse now: a report turned out not to be real, a row was
 * answered anew. They stand until a person decides anew (R10); people are told. An open split is no reason:
 * it asks for itself.
 */
export const verdictsNotHolding = oncePerState((state, strandNumber: number): NotHolding[] =>
  currentVerdicts(state, strandNumber)
    .filter(({ verdict }) => restsOnTheRecord.has(verdict))
    .flatMap((verdict) => {
      const found = rules.map((rule) => rule(state, verdict)).filter((one) => one !== undefined);
      const refusal = composeRefusal(state, found);
      return refusal ? [{ verdict, refusal }] : [];
    }),
);

const rules = verdictRules.filter((rule) => rule !== noOpenSplit);

/** The other verdicts rest on words alone, which do not change by themselves. */
const restsOnTheRecord = new Set<Verdict["verdict"]>(["proximate", "cleared", "not_applicable"]);

/** "This does not hold any more: “Broke first” for Model. …": the verdict, what is missing for it now. */
export function notHoldingWords({ strands }: IncidentState, one: NotHolding): string {
  const { layer, verdict, strandNumber } = one.verdict;
  const where = strands.length > 1 ? ` in strand ${strandNumber}` : "";
  return `This does not hold any more: “${verdictKinds[verdict]}” for ${layers[layer].label}${where}. ${one.refusal.sentence}`;
}

/** The same as flags for each strand, of the rule that refuses first (never a refusal): `flag:R9:S1`. */
export function notHoldingFlags(state: IncidentState): Missing[] {
  return state.strands.flatMap(({ number }) => {
    const [first, ...rest] = verdictsNotHolding(state, number);
    if (!first) return [];
    return {
      rule: first.refusal.rules[0] ?? "",
      missing: [`S${number}`],
      sentence: `${notHoldingWords(state, first)}${more(rest.length)}`,
    };
  });
}

function more(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? " The same goes for 1 more verdict."
    : ` The same goes for ${count} more verdicts.`;
}
