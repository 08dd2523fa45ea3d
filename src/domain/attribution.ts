import type { EvidenceItem } from "./evidence.ts";
import type { IncidentState } from "./incident.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { openLayers, opposingRows } from "./layer-state.ts";
import type { UserId } from "./person.ts";
import type { RuleRefusal } from "./rejection.ts";
import type { Rule } from "./rule.ts";
import { composeRefusal } from "./rules.ts";
import type { Slice } from "./strand.ts";
import type { Confidence, VerdictKind } from "./vocabulary.ts";

/**
 * What a person claims of one layer of one strand. R10 is structural: nothing but a person's form
 * makes a claim, and no other part of this service sets a verdict.
 */
export interface VerdictClaim {
  strandNumber: number;
  layer: LayerId;
  verdict: VerdictKind;
  confidence: Confidence | null;
  scope: Slice;
  contribution: string | null;
  /** The items it rests on; empty stands for all items of the strand. */
  evidenceNumbers: number[];
  approver: UserId | null;
  /** The claimant. */
  author: UserId;
}

/** R1: no layer is proximate while another layer of the strand is unexamined; the claimed one may be (B13.2). */
export const othersExamined: Rule<IncidentState, VerdictClaim> = (state, claim) => {
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

/**
 * R9: every opposing row of the claimed layer holds an answer, its evidence (or "cannot tell") and its
 * author; and where a row points to another layer, a decisive item supports the claim.
 */
export const opposingRowsAnswered: Rule<IncidentState, VerdictClaim> = (state, claim) => {
  if (claim.verdict !== "proximate") return undefined;
  const rows = opposingRows(state, claim.strandNumber, claim.layer);
  const blank = rows.filter((one) => !one.isFilled);
  const [firstBlank] = blank;
  if (firstBlank) {
    const { asks, question } = firstBlank.row;
    const knower = layers[asks === "claimed" ? claim.layer : asks].label;
    return {
      rule: "R9",
      missing: blank.map((one) => one.row.id),
      sentence: firstBlank.answer
        ? `“${question}” has an answer but no evidence: in the checklist, add the item it rests on or choose “cannot tell”.`
        : `${layers[claim.layer].label} cannot be named yet. First answer “${question}” in the checklist: the owner of ${knower} can say, with one item of evidence or “cannot tell”.`,
    };
  }
  if (hasDecisiveSupport(state, claim)) return undefined;
  const elsewhere = rows.filter(
    ({ answer }) => answer?.reading === "points_to" && answer.pointsTo !== claim.layer,
  );
  const [first] = elsewhere;
  if (!first?.answer?.pointsTo) return undefined;
  const { label } = layers[claim.layer];
  return {
    rule: "R9",
    missing: elsewhere.map((one) => one.row.id),
    sentence: `“${first.row.question}” points to ${layers[first.answer.pointsTo].label}: record failure rates by cohort, a replay with one override or a contract test that supports ${label}, or claim the other layer.`,
  };
};

/** R7: a contributing layer takes one sentence on what it contributed. */
export const contributionSaid: Rule<IncidentState, VerdictClaim> = (_state, claim) => {
  if (claim.verdict !== "contributing" || claim.contribution?.trim()) return undefined;
  const { label } = layers[claim.layer];
  return {
    rule: "R7",
    missing: ["contribution"],
    sentence: `Say in one sentence what ${label} contributed: the condition without which it would have gone better.`,
  };
};

/**
 * The rules a verdict is tested by, in the order in which they refuse (B3, after R14): R10, R1, R4, R2,
 * R9, R3, R8, R5, R6, R7, R12. A new rule is a function above and its place in this list.
 */
export const verdictRules: Rule<IncidentState, VerdictClaim>[] = [
  othersExamined,
  opposingRowsAnswered,
  contributionSaid,
];

/** Every rule that refuses the claim, the first one as its sentence; undefined where it is admissible. */
export function checkClaim(state: IncidentState, claim: VerdictClaim): RuleRefusal | undefined {
  const found = verdictRules.map((rule) => rule(state, claim)).filter((one) => one !== undefined);
  return composeRefusal(state, found);
}

/**
 * B3: whether a decisive item that the claim rests on supports its layer and covers its scope.
 * Decisive: a replay, cohort rates, a contract test, and an ablation that has both arms.
 */
function hasDecisiveSupport(state: IncidentState, claim: VerdictClaim): boolean {
  return state.evidence.some(
    (item) =>
      isDecisive(item) &&
      item.strandNumbers.includes(claim.strandNumber) &&
      item.supports.includes(claim.layer) &&
      (claim.evidenceNumbers.length === 0 || claim.evidenceNumbers.includes(item.number)) &&
      coversScope(state, item, claim),
  );
}

function isDecisive(item: EvidenceItem): boolean {
  if (item.kind === "E6") return hasBothArms(item.data["ablation"]);
  return item.kind === "E4" || item.kind === "E5" || item.kind === "E7";
}

/** An ablation with both arms: the measure with the suspect change and without it. */
function hasBothArms(ablation: unknown): boolean {
  if (!Array.isArray(ablation)) return false;
  const arms = ablation.map((arm: unknown) =>
    typeof arm === "object" && arm !== null && "with_change" in arm ? arm.with_change : undefined,
  );
  return arms.includes(true) && arms.includes(false);
}

/** B13.1: a dimension that the scope does not name takes the strand's; an item without a slice covers everything. */
function coversScope(state: IncidentState, item: EvidenceItem, claim: VerdictClaim): boolean {
  const strand = state.strands.find((one) => one.number === claim.strandNumber);
  return Object.entries(item.slice).every(
    ([dimension, value]) => (claim.scope[dimension] ?? strand?.slice[dimension]) === value,
  );
}
