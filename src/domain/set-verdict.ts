import { err, ok } from "#src/lib/result.ts";
import { checkClaim, type VerdictClaim } from "./attribution.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By, Decider } from "./decider.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import type { SetVerdictInput } from "./inputs.ts";
import { layers } from "./layers/index.ts";
import { currentVerdicts, nextVerdictRevision } from "./layer-state.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import { verdictKinds } from "./vocabulary.ts";

/** A person says what a layer did in a strand (R10); refused where a rule of `attribution.ts` finds something missing. */
export const decideSetVerdict: Decider<SetVerdictInput> = (state, input, by) => {
  const { incident } = state;
  const rejection = refuseIfOver(incident) ?? wrongField(state, input, by);
  if (rejection) return err(rejection);

  const claim = claimOf(state, input, by);
  const refusal = checkClaim(state, claim);
  if (refusal) return err({ code: "refused", message: refusal.sentence, refusal });

  const verdict: Verdict = {
    ...claim,
    recorder: by.userId,
    recordedAt: by.now,
    revision: nextVerdictRevision(state, claim.strandNumber, claim.layer),
  };
  const { strandNumber, layer, confidence, contribution, author } = verdict;
  return ok({
    changes: { verdicts: [verdict] },
    timeline: [
      {
        lane: "diagnosis",
        kind: "verdict_set",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          strand: strandNumber,
          layer,
          verdict: verdict.verdict,
          confidence,
          contribution,
          author,
        },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "verdict", strandNumber, layer }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Recorded for ${layers[layer].label}: ${verdictKinds[verdict.verdict]}.`,
      incidentId: incident.id,
    },
  });
};

/** What is kept of the form: a confidence for proximate alone, a contribution where the verdict has one. */
function claimOf(state: IncidentState, input: SetVerdictInput, by: By): VerdictClaim {
  const { strandNumber, layer, verdict } = input;
  // a proximate layer keeps the condition that was recorded beside it (B13.7)
  const condition = currentVerdicts(state, strandNumber).findLast(
    (one) => one.layer === layer && one.contribution !== null,
  );
  const isProximate = verdict === "proximate";
  return {
    strandNumber,
    layer,
    verdict,
    confidence: isProximate ? input.confidence : null,
    scope: {},
    contribution:
      verdict === "contributing"
        ? input.contribution
        : isProximate
          ? (input.contribution ?? condition?.contribution ?? null)
          : null,
    evidenceNumbers: input.evidenceNumbers,
    approver: input.approver,
    author: by.userId,
  };
}

function wrongField(state: IncidentState, input: SetVerdictInput, by: By): Rejection | undefined {
  const unknown = unknownReference(state, {
    strandNumbers: [input.strandNumber],
    layers: [input.layer],
    evidenceNumbers: input.evidenceNumbers,
  });
  if (unknown) return unknown;
  if (input.verdict === "proximate" && input.confidence === null) {
    return badField("confidence", "Choose how sure you are that this layer broke first.");
  }
  if (input.approver !== null && input.approver === by.userId) {
    return badField("approver", "Somebody other than you has to approve this. Name them.");
  }
  return undefined;
}

function badField(field: string, message: string): Rejection {
  return { code: "bad_field", field, message };
}
