import type { VerdictClaim } from "./attribution/claim.ts";
import { checkClaim } from "./attribution.ts";
import type { Answer } from "./evidence.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import type { LayerAnswerInput } from "./inputs.ts";
import { layers } from "./layers/index.ts";
import { verdictOf } from "./layer-state.ts";
import type { Rejection, RuleRefusal } from "./rejection.ts";
import { type VerdictKind, verdictKinds } from "./vocabulary.ts";

// "I rule my layer out", the tick of an answer, and the verdicts that come with it. What somebody claimed
// in the checklist is theirs: an answer neither replaces nor ends it. Only claims are posted in the
// channel, so no message there shows a verdict that an answer has changed: the panel is all there is to update.

/** The strands that the answer covers and in which its tick would set another verdict than the one that stands. */
export function strandsNotRuledOut(state: IncidentState, given: LayerAnswerInput): number[] {
  return coveredStrands(state, given).filter((strandNumber) => {
    const standing = verdictOf(state, strandNumber, given.layer);
    return given.isBeyondTelling ? standing?.verdict !== "undeterminable" : !rulesOut(standing);
  });
}

/** What the tick of an answer comes to, strand by strand. */
export interface RulingOut {
  /** Admissible: these are set with the answer. */
  claims: VerdictClaim[];
  /** What a rule misses in the other strands (R2); the answer is kept all the same. */
  refused: { strandNumber: number; refusal: RuleRefusal }[];
}

/**
 * B13.3: the tick is tested like a claim, with the answer that it came with. It covers the strands of
 * the answer, but those that a claim has ruled out. It rests on what the answer cites or, where that
 * is not enough, on all evidence of the strand.
 */
export function ruleOut(state: IncidentState, given: LayerAnswerInput, answer: Answer): RulingOut {
  const result: RulingOut = { claims: [], refused: [] };
  if (!setsVerdict(given)) return result;
  const answered = withAnswer(state, answer);
  for (const strandNumber of coveredStrands(state, given)) {
    const standing = verdictOf(state, strandNumber, given.layer);
    if (standing && !isFromAnswer(state, standing)) continue;
    const onAll: VerdictClaim = {
      strandNumber,
      layer: given.layer,
      verdict: verdictOfTick(given),
      confidence: null,
      scope: {},
      contribution: null,
      reason: verdictOfTick(given) === "cleared" ? null : given.sentence,
      locus: "ours",
      evidenceNumbers: [],
      approver: null,
      author: answer.author,
    };
    const onCited = { ...onAll, evidenceNumbers: given.evidenceNumbers };
    const refusal = checkClaim(answered, onAll);
    if (refusal) result.refused.push({ strandNumber, refusal });
    else result.claims.push(checkClaim(answered, onCited) ? onAll : onCited);
  }
  return result;
}

function verdictOfTick({ change, isBeyondTelling }: LayerAnswerInput): VerdictKind {
  if (isBeyondTelling) return "undeterminable";
  return change === "not_applicable" ? "not_applicable" : "cleared";
}

/** Whether the answer carries a verdict (B13.3). */
export function setsVerdict({
  rulesOut,
  isBeyondTelling,
}: Pick<LayerAnswerInput, "rulesOut" | "isBeyondTelling">): boolean {
  return rulesOut || isBeyondTelling === true;
}

/** An answer for all strands replaces every other one of its layer. */
export function withAnswer(state: IncidentState, answer: Answer): IncidentState {
  const others = state.answers.filter(
    (one) => one.layer !== answer.layer || answer.strandNumbers !== null,
  );
  return { ...state, answers: [...others, answer] };
}

/**
 * The verdicts that came with an answer of this layer and that this one takes back: all without the
 * tick; with it, those of strands where it is not admissible any more.
 */
export function takenBack(
  state: IncidentState,
  given: LayerAnswerInput,
  refusedStrands: readonly number[] = [],
): Verdict[] {
  return standingFor(state, given).filter(
    (one) =>
      isFromAnswer(state, one) &&
      (!setsVerdict(given) || refusedStrands.includes(one.strandNumber)),
  );
}

/** What a claim says of the layer and the tick would overwrite, as a `bad_field` at the tick; undefined where nothing does. */
export function refuseOverClaim(
  state: IncidentState,
  given: LayerAnswerInput,
): Rejection | undefined {
  if (!setsVerdict(given)) return undefined;
  const claimed = standingFor(state, given).find(
    (one) => !rulesOut(one) && !isFromAnswer(state, one),
  );
  if (!claimed) return undefined;
  const { label } = layers[given.layer];
  return {
    code: "bad_field",
    field: `certainty:${given.layer}`,
    message: `“${verdictKinds[claimed.verdict]}” stands for ${label}${inStrand(state, claimed)}, claimed in the checklist. Take this tick out; if the layer is ruled out, set that verdict in the checklist.`,
  };
}

/** A sentence for whoever takes the tick out where a claim has ruled the layer out: that verdict stands. */
export function stillRuledOut(state: IncidentState, given: LayerAnswerInput): string | undefined {
  if (setsVerdict(given)) return undefined;
  const claimed = standingFor(state, given).find(
    (one) => rulesOut(one) && !isFromAnswer(state, one),
  );
  if (!claimed) return undefined;
  const { label } = layers[given.layer];
  return `“${verdictKinds[claimed.verdict]}” still stands for ${label}${inStrand(state, claimed)}, claimed in the checklist: set another verdict there.`;
}

/** The strands that an answer is given for. */
function coveredStrands(
  state: IncidentState,
  { strandNumbers }: Pick<LayerAnswerInput, "strandNumbers">,
): number[] {
  return strandNumbers ?? state.strands.map((strand) => strand.number);
}

function standingFor(state: IncidentState, given: LayerAnswerInput): Verdict[] {
  return coveredStrands(state, given)
    .map((strandNumber) => verdictOf(state, strandNumber, given.layer))
    .filter((verdict) => verdict !== undefined);
}

function rulesOut(verdict: Verdict | undefined): boolean {
  return verdict?.verdict === "cleared" || verdict?.verdict === "not_applicable";
}

/** A verdict that came with an answer was recorded with it, at the same instant, by the same person. */
function isFromAnswer(state: IncidentState, verdict: Verdict): boolean {
  const isWithIt = state.answers.some(
    ({ layer, recorder, recordedAt }) =>
      layer === verdict.layer &&
      recorder === verdict.recorder &&
      recordedAt.getTime() === verdict.recordedAt.getTime(),
  );
  return (rulesOut(verdict) || verdict.verdict === "undeterminable") && isWithIt;
}

function inStrand({ strands }: IncidentState, { strandNumber }: Verdict): string {
  return strands.length > 1 ? ` in strand ${strandNumber}` : "";
}
