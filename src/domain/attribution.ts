import type { EvidenceItem, RowAnswer } from "./evidence.ts";
import { isCounted, isDecisive, isWeak } from "./evidence-weight.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentState } from "./incident.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { currentAnswer, openLayers, opposingRows } from "./layer-state.ts";
import type { UserId } from "./person.ts";
import type { RuleRefusal } from "./rejection.ts";
import type { Rule } from "./rule.ts";
import { composeRefusal } from "./rules.ts";
import { covers } from "./slice.ts";
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
 * R2: a layer is ruled out when every question of it is answered (B2), or its answer stands for all of
 * them, and an item that is not weak clears it: a report or a recollection alone never does. What is
 * missing is the layer (B13.3).
 */
export const clearedWithEvidence: Rule<IncidentState, VerdictClaim> = (state, claim) => {
  if (claim.verdict !== "cleared") return undefined;
  const why = whyNotCleared(state, claim);
  if (why === undefined) return undefined;
  const sentence = `${layers[claim.layer].label} cannot be ruled out yet: ${why}`;
  return { rule: "R2", missing: [claim.layer], sentence };
};

function whyNotCleared(state: IncidentState, claim: VerdictClaim): string | undefined {
  const answer = currentAnswer(state, claim.strandNumber, claim.layer);
  if (!answer) return "nobody has answered for it. Ask its owner; half a minute is enough.";
  const { questions } = layers[claim.layer];
  const answered = questions.filter((_, index) => answer.questionAnswers[String(index + 1)]);
  const left = questions.length - answered.length;
  if (left > 0 && !answer.standsForAllQuestions) {
    return `${left} of its ${questions.length} questions have no answer. Answer them in the checklist, or tick in the answer that it stands for all of them.`;
  }
  const hasItem = itemsOf(state, claim).some(
    (item) => !isWeak(item.kind) && item.clears.includes(claim.layer),
  );
  if (hasItem) return undefined;
  return "no evidence rules it out. Record an item that does, such as a version difference or a trace; a report or a recollection alone is not enough.";
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
        ? `“${question}” has an answer but ${bareWords(firstBlank.answer)}: in the checklist, add the item it rests on or choose “cannot tell”.`
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

/** R11: a row that rests on reports alone is bare until one of them is verified. */
function bareWords({ evidenceNumbers }: Pick<RowAnswer, "evidenceNumbers">): string {
  return evidenceNumbers.length === 0 ? "no evidence" : "rests on reports that nobody has verified";
}

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

/** R12: a contribution names a role and a condition, never a person, nor the model as such. */
export const contributionBlameless: Rule<IncidentState, VerdictClaim> = (_state, claim) => {
  const refusal = wordingRefusal(claim);
  return refusal && { rule: "R12", missing: refusal.missing, sentence: refusal.sentence };
};

function wordingRefusal({ contribution }: VerdictClaim): RuleRefusal | undefined {
  const rejection = refuseWording({ contribution });
  return rejection?.code === "refused" ? rejection.refusal : undefined;
}

/**
 * The rules a verdict is tested by, in the order in which they refuse (B3, after R14): R10, R1, R4, R2,
 * R9, R3, R8, R5, R6, R7, R12. A new rule is a function above and its place in this list.
 */
export const verdictRules: Rule<IncidentState, VerdictClaim>[] = [
  othersExamined,
  clearedWithEvidence,
  opposingRowsAnswered,
  contributionSaid,
  contributionBlameless,
];

/** Every rule that refuses the claim, the first one as its sentence; undefined where it is admissible. */
export function checkClaim(state: IncidentState, claim: VerdictClaim): RuleRefusal | undefined {
  const found = verdictRules.map((rule) => rule(state, claim)).filter((one) => one !== undefined);
  const refusal = composeRefusal(state, found);
  const rewrite = wordingRefusal(claim)?.rewrite;
  return refusal && rewrite ? { ...refusal, rewrite } : refusal;
}

/** B3: whether a decisive item that the claim rests on supports its layer. */
function hasDecisiveSupport(state: IncidentState, claim: VerdictClaim): boolean {
  return itemsOf(state, claim).some(
    (item) => isDecisive(item) && item.supports.includes(claim.layer),
  );
}

/** The items that count for the claim: of its strand, named by it or all, verified (R11), and of a slice that covers it (B13.1). */
function itemsOf(state: IncidentState, claim: VerdictClaim): EvidenceItem[] {
  const strand = state.strands.find((one) => one.number === claim.strandNumber);
  return state.evidence.filter(
    (item) =>
      isCounted(item) &&
      item.strandNumbers.includes(claim.strandNumber) &&
      (claim.evidenceNumbers.length === 0 || claim.evidenceNumbers.includes(item.number)) &&
      covers(item.slice, claim.scope, strand?.slice ?? {}),
  );
}
