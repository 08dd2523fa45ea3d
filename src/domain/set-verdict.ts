import { err, ok, type Result } from "#src/lib/result.ts";
import type { VerdictClaim } from "./attribution/claim.ts";
import { checkClaim } from "./attribution.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import { hypothesisOfClaim } from "./hypotheses.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import type { SetVerdictInput } from "./inputs.ts";
import { layers } from "./layers/index.ts";
import { currentVerdicts, nextVerdictRevision } from "./layer-state.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { changesByOthers, type LaterEntry, overtaken } from "./meanwhile.ts";
import type { Person } from "./person.ts";
import { mustApproveAlone } from "./policy.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import { gapsForUndeterminable } from "./undeterminable-gaps.ts";
import { covers, isSameSlice, sliceInWords } from "./slice.ts";
import type { Slice } from "./strand.ts";
import { updateStrands } from "./strand-effects.ts";
import { type VerdictKind, verdictKinds } from "./vocabulary.ts";

/**
 * A person says what a layer did in a strand (R10); refused where a rule of `attribution.ts` finds
 * something missing. `later`: what was recorded since the form was drawn; `approver`: who is named as
 * such, as far as we know them.
 */
export function decideSetVerdict(
  state: IncidentState,
  input: SetVerdictInput,
  by: By,
  later: readonly LaterEntry[] = [],
  approver?: Person,
): Result<Decision, Rejection> {
  const { incident } = state;
  const rejection = refuseIfOver(incident) ?? wrongField(state, input, by, approver);
  if (rejection) return err(rejection);
  const meanwhile = changesByOthers(
    later,
    by.userId,
    ({ kind, data }) =>
      (kind === "verdict_set" || kind === "verdict_taken_back") &&
      data["strand"] === input.strandNumber &&
      data["layer"] === input.layer,
    ({ kind, data }) =>
      `${kind === "verdict_set" ? "set" : "took back"} “${verdictKinds[data["verdict"] as VerdictKind]}” for ${layers[input.layer].label}`,
  );
  if (meanwhile.length > 0) return err(overtaken(meanwhile));

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
  const gaps = gapsForUndeterminable(state, verdict, by);
  return ok({
    changes: { verdicts: [verdict], ...hypothesisOfClaim(state, verdict, by), ...gaps.changes },
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
          ...(isWhole(verdict.scope) ? {} : { scope: sliceInWords(verdict.scope) }),
        },
      },
      ...gaps.timeline,
    ],
    effects: [
      postMessage(incident.id, { kind: "verdict", strandNumber, layer }),
      updatePanel(incident.id),
      ...updateStrands(state, [strandNumber]),
      ...(verdict.verdict === "proximate"
        ? [{ name: "find-similar" as const, incidentId: incident.id }]
        : []),
      ...gaps.effects,
    ],
    outcome: {
      sentence: `Recorded for ${layers[layer].label}: ${verdictKinds[verdict.verdict]}.`,
      incidentId: incident.id,
    },
  });
}

function isWhole(scope: Slice): boolean {
  return Object.keys(scope).length === 0;
}

/** What is kept of the form: a confidence for proximate alone, a contribution where the verdict has one. */
function claimOf(state: IncidentState, input: SetVerdictInput, by: By): VerdictClaim {
  const { strandNumber, layer, verdict, scope } = input;
  // a proximate layer keeps the condition that was recorded beside it (B13.7)
  const condition = currentVerdicts(state, strandNumber).findLast(
    (one) => one.layer === layer && one.contribution !== null && isSameSlice(one.scope, scope),
  );
  const isProximate = verdict === "proximate";
  return {
    strandNumber,
    layer,
    verdict,
    confidence: isProximate ? input.confidence : null,
    scope,
    contribution:
      verdict === "contributing"
        ? input.contribution
        : isProximate
          ? (input.contribution ?? condition?.contribution ?? null)
          : null,
    reason: input.reason,
    locus: isProximate || verdict === "contributing" ? input.locus : "ours",
    evidenceNumbers: input.evidenceNumbers,
    approver: input.approver,
    author: by.userId,
  };
}

function wrongField(
  state: IncidentState,
  input: SetVerdictInput,
  by: By,
  approver: Person | undefined,
): Rejection | undefined {
  const unknown = unknownReference(state, {
    strandNumbers: [input.strandNumber],
    layers: [input.layer],
  });
  if (unknown) return unknown;
  const { evidenceNumbers } = input;
  const other = unknownReference(state, { strandNumbers: [input.strandNumber], evidenceNumbers });
  if (other) return badField("evidence", other.message);
  const strand = state.strands.find(({ number }) => number === input.strandNumber);
  if (strand?.parkedWhy) {
    const message = `Strand ${strand.number} is parked until ${strand.parkedUntil}. Take it up again in the list of strands, then set the verdict.`;
    return badField("layer", message);
  }
  const outside = outsideOf(strand?.slice ?? {}, input.scope);
  if (outside) return badField("scope", outside);
  if (input.verdict === "not_applicable" && !input.reason?.trim()) {
    return badField("reason", "Say in one sentence why this layer has no part in it.");
  }
  const narrow = tooNarrow(state, input, strand?.slice ?? {});
  if (narrow) return badField("evidence", narrow);
  if (input.verdict === "proximate" && input.confidence === null) {
    return badField("confidence", "Choose how sure you are that this layer broke first.");
  }
  if (input.approver !== null && input.approver === by.userId) {
    return badField("approver", "Somebody other than you has to approve this. Name them.");
  }
  return input.approver === null ? undefined : mustApproveAlone(approver, "approver");
}

/** A scope is a part of its strand: where the strand names a dimension, its values are among the strand's (B13.1). */
function outsideOf(strand: Slice, scope: Slice): string | undefined {
  for (const [dimension, values] of Object.entries(scope)) {
    const known = Object.hasOwn(strand, dimension) ? strand[dimension] : undefined;
    const other = values.find((value) => known && !known.includes(value));
    if (other !== undefined) {
      return `The strand is about ${dimension} ${(known ?? []).join(", ")}, and ${other} is not among them. Change this, or widen the strand.`;
    }
  }
  return undefined;
}

/**
 * R5: of the items that a claim names, each covers it. Where none does, the rules say so on top of the form,
 * with what would carry the claim instead.
 */
function tooNarrow(
  { evidence }: IncidentState,
  { verdict, scope, evidenceNumbers }: SetVerdictInput,
  strand: Slice,
): string | undefined {
  const named = evidence.filter(({ number }) => evidenceNumbers.includes(number));
  const [first, ...rest] = named.filter((item) => !covers(item.slice, scope, strand));
  if (verdict !== "proximate" || !first || rest.length + 1 === named.length) return undefined;
  return `Evidence ${first.number} speaks only of ${sliceInWords(first.slice)}. Take it out, or claim that part alone.`;
}

function badField(field: string, message: string): Rejection {
  return { code: "bad_field", field, message };
}
