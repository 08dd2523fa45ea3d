import { isWeak } from "#src/domain/evidence-weight.ts";
import { mayClear } from "#src/domain/figures/demonstrations.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { currentAnswer } from "#src/domain/layer-state.ts";
import { layers } from "#src/domain/layers/index.ts";
import { basisOf } from "./basis.ts";
import type { ClaimRule, VerdictClaim } from "./claim.ts";

/**
 * R2: a layer is ruled out when every question of it is answered (B2), or its answer stands for all of
 * them, and an item that is not weak clears it: a report or a recollection alone never does, nor does an
 * item that speaks for the layer. What is missing is the layer (B13.3).
 */
export const clearedWithEvidence: ClaimRule = (state, claim) => {
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
  const hasItem = basisOf(state, claim).named.some(
    (item) =>
      !isWeak(item.kind) && item.clears.includes(claim.layer) && mayClear(item, claim.layer),
  );
  if (hasItem) return undefined;
  return "no evidence rules it out. Record an item that does, such as a version difference or a trace; a report or a recollection alone is not enough.";
}
