import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By, Decider } from "./decider.ts";
import type { Changes, Decision } from "./decision.ts";
import { addedStrand, decideEditStrand, strandFields } from "./edit-strands.ts";
import type { Effect } from "./effect.ts";
import type { IncidentState, SplitAnswer } from "./incident.ts";
import type { AnswerSplitInput } from "./inputs.ts";
import { refuseWording } from "./free-text.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nextNumber } from "./next-number.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import { splitSuggestion } from "./split.ts";
import type { Strand } from "./strand.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/**
 * R10: a person says whether reports or cohorts that differ are failures of their own. Accepted: the strands
 * they name are added, and the items they choose go over to them. Declined: with a reason. Either way
 * verdicts on the strand are admissible again.
 */
export const decideAnswerSplit: Decider<AnswerSplitInput> = (state, input, by) => {
  const { incident } = state;
  const { strandNumber, isAccepted, why } = input;
  const rejection =
    refuseIfOver(incident) ??
    unknownReference(state, { strandNumbers: [strandNumber] }) ??
    wrongAnswer(state, input) ??
    refuseWording({ why });
  if (rejection) return err(rejection);
  const kept = keptStrand(state, input, by);
  if (!kept.ok) return err(atField(kept.error, 0));
  const stays = kept.value.changes.strands ?? [];
  const added = addAll(withStrands(state, stays), input, by);
  if (!added.ok) return added;
  const { strands, changes, timeline, effects } = added.value;
  const suggestion = splitSuggestion(state, strandNumber);
  const answer: SplitAnswer = {
    number: nextNumber(state.splitAnswers),
    strandNumber,
    evidenceNumbers: suggestion?.items.map(({ number }) => number) ?? [],
    isAccepted,
    newStrands: strands.map(({ number }) => number),
    why,
    author: by.userId,
    recordedAt: by.now,
  };
  const names = strands.map(({ number, name }) => `strand ${number} “${name}”`);
  return ok({
    changes: {
      ...changes,
      ...(stays.length + strands.length > 0 ? { strands: [...stays, ...strands] } : {}),
      splitAnswers: [answer],
    },
    timeline: [
      {
        lane: "diagnosis",
        kind: "split_answered",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          strand: strandNumber,
          isAccepted,
          newStrands: answer.newStrands,
          evidence: answer.evidenceNumbers,
          why,
        },
      },
      ...kept.value.timeline,
      ...timeline,
    ],
    effects: [
      updatePanel(incident.id),
      postMessage(incident.id, { kind: "strand", strandNumber }),
      ...effects,
    ],
    outcome: {
      sentence: isAccepted
        ? `Split: ${names.join(", ")} ${names.length === 1 ? "is" : "are"} looked at apart from strand ${strandNumber}.`
        : `Strand ${strandNumber} stays one failure. Verdicts can be set again.`,
      incidentId: incident.id,
      isShown: true,
    },
  });
};

/** The strand that is split is one failure of several from now on: it may get a name and bounds of its own. */
function keptStrand(
  state: IncidentState,
  { incidentId, strandNumber, isAccepted, stays }: AnswerSplitInput,
  by: By,
): Result<Pick<Decision, "changes" | "timeline">, Rejection> {
  const strand = state.strands.find(({ number }) => number === strandNumber);
  if (!strand || !isAccepted || !stays) return ok({ changes: {}, timeline: [] });
  return decideEditStrand(
    state,
    { ...strandFields(strand), ...stays, incidentId, strandNumber, evidenceNumbers: [] },
    by,
  );
}

function withStrands(state: IncidentState, changed: readonly Strand[]): IncidentState {
  return {
    ...state,
    strands: state.strands.map(
      (strand) => changed.find(({ number }) => number === strand.number) ?? strand,
    ),
  };
}

/** Each strand is added to what stands after the one before; what is wrong is said at its own field. */
function addAll(
  state: IncidentState,
  { isAccepted, strands: wanted, strandNumber }: AnswerSplitInput,
  by: By,
): Result<Added, Rejection> {
  const none: Added = { strands: [], changes: {}, timeline: [], effects: [] };
  let after = state;
  let all = none;
  for (const [index, { place = index + 1, ...one }] of (isAccepted ? wanted : []).entries()) {
    const unknown = unknownReference(after, { evidenceNumbers: one.evidenceNumbers });
    if (unknown) return err(unknown);
    const added = addedStrand(after, { ...one, windowTo: null }, by, strandNumber);
    if (!added.ok) return err(atField(added.error, place));
    const { strand, changes, timeline, effects } = added.value;
    const changed = changes.changedEvidence ?? [];
    after = {
      ...after,
      strands: [...after.strands, strand],
      evidence: after.evidence.map(
        (item) => changed.find(({ number }) => number === item.number) ?? item,
      ),
    };
    all = {
      strands: [...all.strands, strand],
      changes: {
        ...all.changes,
        ...changes,
        strands: [...all.strands, strand],
        changedEvidence: [
          ...(all.changes.changedEvidence ?? []).filter(
            (item) => !changed.some(({ number }) => number === item.number),
          ),
          ...changed,
        ],
      },
      timeline: [...all.timeline, ...timeline],
      effects: [...all.effects, ...effects],
    };
  }
  return ok(all);
}

interface Added {
  strands: Strand[];
  changes: Changes;
  timeline: NewTimelineEntry[];
  effects: Effect[];
}

function atField(rejection: Rejection, place: number): Rejection {
  if (rejection.code === "bad_field") {
    return { ...rejection, field: `${rejection.field}:${place}` };
  }
  const rewrite = rejection.code === "refused" && rejection.refusal.rewrite;
  if (!rewrite) return rejection;
  // R12: the offered words go into the field of this strand
  const { refusal } = rejection;
  return {
    ...rejection,
    refusal: { ...refusal, rewrite: { ...rewrite, field: `${rewrite.field}:${place}` } },
  };
}

function wrongAnswer(state: IncidentState, input: AnswerSplitInput): Rejection | undefined {
  const suggestion = splitSuggestion(state, input.strandNumber);
  if (!suggestion) {
    const message = "Somebody has answered this already. Open the checklist again.";
    return { code: "stale", message };
  }
  // what came in while the form was open was not asked about
  const unseen = suggestion.items.some(({ number }) => !input.evidenceNumbers.includes(number));
  if (unseen) {
    const message =
      "More reports came in that differ. Open the checklist again and look at them, too.";
    return { code: "stale", message };
  }
  if (input.isAccepted && input.strands.length === 0) {
    const message = "Name at least one strand that is a failure of its own.";
    return { code: "bad_field", field: "name:1", message };
  }
  if (!input.isAccepted && !input.why?.trim()) {
    const message = "Say in one sentence why it is one failure.";
    return { code: "bad_field", field: "why", message };
  }
  return undefined;
}
