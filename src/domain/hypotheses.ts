import { brokeFirst } from "./broke-first.ts";
import { postMessage } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Changes, Decision } from "./decision.ts";
import { isCounted } from "./evidence-weight.ts";
import type { Hypothesis, IncidentState } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import { verdictOf } from "./layer-state.ts";
import { nextNumber } from "./next-number.ts";
import type { Confidence, VerdictKind } from "./vocabulary.ts";
import { layersInWords } from "./words.ts";

/** What became of a hypothesis: the verdict that stands for its layer, "other_layer" where another one broke first, "open" where nobody knows. */
export type Fate = VerdictKind | "other_layer" | "open";

/** A hypothesis as the record stands now (B3). */
export interface HypothesisNow {
  hypothesis: Hypothesis;
  /** Numbers of the items of its strand that support its layer, and of those that contradict or clear it. */
  supporting: number[];
  against: number[];
  fate: Fate;
  /** Of the verdict, where it broke first. */
  confidence: Confidence | null;
}

/** One hypothesis with what speaks for it, what speaks against it, and what became of it. Reports count once they are verified (R11). */
export function hypothesisNow(state: IncidentState, hypothesis: Hypothesis): HypothesisNow {
  const { strandNumber, layer } = hypothesis;
  const items = state.evidence.filter(
    (item) => isCounted(item) && item.strandNumbers.includes(strandNumber),
  );
  const verdict = verdictOf(state, strandNumber, layer);
  return {
    hypothesis,
    supporting: items.filter((item) => item.supports.includes(layer)).map(({ number }) => number),
    against: items
      .filter((item) => item.contradicts.includes(layer) || item.clears.includes(layer))
      .map(({ number }) => number),
    fate: verdict?.verdict ?? (brokeFirst(state, strandNumber).length > 0 ? "other_layer" : "open"),
    confidence: verdict?.confidence ?? null,
  };
}

/**
 * B3: whoever claims that a layer broke first or is implicated believes in it, whether the claim is
 * accepted or refused: the belief is written down once for each person, strand and layer. Nothing where
 * the verdict says something else, or it is in the record.
 */
export function hypothesisOfClaim(
  state: IncidentState,
  claim: { strandNumber: number; layer: LayerId; verdict: VerdictKind },
  by: By,
): Pick<Changes, "hypotheses"> {
  const { strandNumber, layer, verdict } = claim;
  if (verdict !== "proximate" && verdict !== "implicated") return {};
  const isKnown = state.hypotheses.some(
    (one) => one.strandNumber === strandNumber && one.layer === layer && one.author === by.userId,
  );
  if (isKnown) return {};
  return {
    hypotheses: [
      {
        number: nextNumber(state.hypotheses),
        strandNumber,
        layer,
        statement: null,
        isClaim: true,
        author: by.userId,
        raisedAt: by.now,
      },
    ],
  };
}

/**
 * A decision with the messages of the hypotheses that it bears on: with each item and each verdict of
 * their strand, what supports and contradicts them and what became of them reads anew.
 */
export function withHypotheses<Decided extends Pick<Decision, "changes" | "effects">>(
  state: IncidentState,
  decision: Decided,
): Decided {
  const {
    verdicts = [],
    endedVerdicts = [],
    evidence = [],
    changedEvidence = [],
  } = decision.changes;
  const strands = new Set([
    ...[...verdicts, ...endedVerdicts].map(({ strandNumber }) => strandNumber),
    ...[...evidence, ...changedEvidence].flatMap(({ strandNumbers }) => strandNumbers),
  ]);
  // a belief that was claimed has no message of its own
  const shown = state.hypotheses.filter((one) => !one.isClaim && strands.has(one.strandNumber));
  if (shown.length === 0) return decision;
  const messages = shown.map(({ number }) =>
    postMessage(state.incident.id, { kind: "hypothesis", number }),
  );
  return { ...decision, effects: [...decision.effects, ...messages] };
}

/** What became of it, a whole sentence. */
export function fateInWords(
  state: IncidentState,
  { hypothesis, fate, confidence }: HypothesisNow,
): string {
  switch (fate) {
    case "proximate":
      return confidence === null ? "It broke first." : `It broke first, ${confidence}.`;
    case "contributing":
      return "It contributed.";
    case "implicated":
      return "It is implicated; nobody has said yet what broke first.";
    case "cleared":
      return "It was ruled out.";
    case "not_applicable":
      return "It does not apply.";
    case "undeterminable":
      return "It cannot be determined.";
    case "other_layer": {
      const first = brokeFirst(state, hypothesis.strandNumber);
      return `${layersInWords(first)} broke first instead.`;
    }
    case "open":
      return "Nobody has decided yet.";
  }
}
