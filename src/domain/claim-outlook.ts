import { checkClaim } from "./attribution.ts";
import type { IncidentState } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import { isLayerId, layers } from "./layers/index.ts";
import { claimToBe } from "./meter.ts";
import type { RuleRefusal } from "./rejection.ts";
import { type Confidence, confidences } from "./vocabulary.ts";
import { missingInWords } from "./words.ts";

/** What a claim of one confidence still takes. */
export interface Outlook {
  confidence: Confidence;
  /** What the record lacks, each in words to stand after "needs"; empty: nothing. */
  needs: string[];
  /** What the form itself is asked for: somebody who approves it, a reason. */
  fields: ("approver" | "reason")[];
}

/**
 * What is missing for each confidence before this layer may be named for the whole strand (R5), the least
 * sure first: what the record lacks, and what the form has to say besides.
 */
export function outlookOf(state: IncidentState, strandNumber: number, layer: LayerId): Outlook[] {
  return (Object.keys(confidences) as Confidence[]).map((confidence) => {
    const claim = claimToBe(state, strandNumber, layer, confidence);
    const refusal = checkClaim(state, claim);
    const bare = checkClaim(state, { ...claim, approver: null, reason: null });
    const asked = bare?.rules.includes("R5") ? missingOf(bare, "R5") : [];
    return {
      confidence,
      needs: refusal ? needsOf(state, refusal) : [],
      fields: (["approver", "reason"] as const).filter((field) => asked.includes(field)),
    };
  });
}

function needsOf(state: IncidentState, refusal: RuleRefusal): string[] {
  const needs = refusal.rules.flatMap((rule) => {
    const ids = missingOf(refusal, rule);
    if (rule === "R9")
      return [ids.length === 1 ? "1 opposing question" : `${ids.length} opposing questions`];
    return ids.map((id) => needInWords(state, rule, id));
  });
  return [...new Set(needs)];
}

/** R1 asks for a layer's answer, B3.3 for its clear, R6 for its being known: the id is the same. */
function needInWords(state: IncidentState, rule: string, id: string): string {
  if (!isLayerId(id)) return missingInWords(state, id);
  const { label } = layers[id];
  if (rule === "R1") return `an answer for ${label}`;
  return rule === "R6" ? `${label} to be determined` : `${label} cleared by evidence`;
}

function missingOf(refusal: RuleRefusal, rule: string): string[] {
  if (refusal.rules[0] === rule) return refusal.missing;
  return refusal.others?.find((one) => one.rule === rule)?.missing ?? [];
}
