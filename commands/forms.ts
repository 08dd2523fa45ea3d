import type { ModalView } from "@slack/types";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { layerState } from "#src/domain/layer-state.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { closeMissing, phaseOrder } from "#src/domain/lifecycle.ts";
import { layersAskedOf } from "#src/domain/owners/owner.ts";
import type { LinkItemsInput } from "#src/domain/link-items.ts";
import type { UserId } from "#src/domain/person.ts";
import { anyRoleIds } from "#src/domain/set-role.ts";
import { refuseReopening } from "#src/domain/reopen-incident.ts";
import { severityIds } from "#src/domain/severity.ts";
import { type EvidenceKind, evidenceKinds } from "#src/domain/vocabulary.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Hint } from "#views/hint.ts";
import { acceptRiskModal } from "#views/modals/accept-risk.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { addChangeModal } from "#views/modals/add-change.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { addNoteModal } from "#views/modals/add-note.ts";
import { addFactorModal } from "#views/modals/add-factor.ts";
import { addGapModal } from "#views/modals/add-gap.ts";
import { addGoldenModal } from "#views/modals/add-golden.ts";
import { answerDetectionModal } from "#views/modals/answer-detection.ts";
import { addStrandModal } from "#views/modals/add-strand.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerQuestionsModal } from "#views/modals/answer-questions.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { answerSplitModal } from "#views/modals/answer-split.ts";
import { cancelIncidentModal } from "#views/modals/cancel-incident.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { correctActionModal } from "#views/modals/correct-action.ts";
import { dissentModal } from "#views/modals/dissent.ts";
import { editDetailsModal } from "#views/modals/edit-details.ts";
import { editStrandModal } from "#views/modals/edit-strand.ts";
import { completeLeverModal } from "#views/modals/complete-lever.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { linkItemsModal } from "#views/modals/link-items.ts";
import { markSourceModal } from "#views/modals/mark-source.ts";
import { moreModal } from "#views/modals/more.ts";
import { raiseHypothesisModal } from "#views/modals/raise-hypothesis.ts";
import { removeDrillModal } from "#views/modals/remove-drill.ts";
import { noLeverNeededModal } from "#views/modals/no-lever-needed.ts";
import { reopenIncidentModal } from "#views/modals/reopen-incident.ts";
import { setPhaseModal } from "#views/modals/set-phase.ts";
import { setSeverityModal } from "#views/modals/set-severity.ts";
import { setRoleModal } from "#views/modals/set-role.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { strandsModal } from "#views/modals/strands.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { widenScanModal } from "#views/modals/widen-scan.ts";
import { readIncident, readOpenIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";

/** Draws one form from an incident's state, for who opens it; `text` is what was typed after the command. */
type Draw = (state: IncidentState, hint: Hint, presser: UserId, text: string) => ModalView;

const evidenceKindIds = Object.keys(evidenceKinds) as EvidenceKind[];

/** Every form about an incident, by its callback_id: opened by a subcommand or by a button of the same name. */
const forms = {
  "answer-layers": (state, hint, presser) =>
    answerLayersModal.render({
      state,
      layers: layersFor(state, hint, presser),
      presser,
      strandNumber: hint.strandNumber,
    }),
  "answer-questions": (state, hint) =>
    answerQuestionsModal.render({
      state,
      layer: hint.layers?.[0] ?? "model",
      strandNumber: hint.strandNumber,
    }),
  "add-evidence": (state, { word }, presser, text) => {
    // opened for one kind: a replay, a report
    const kind = evidenceKindIds.find((id) => id === word);
    return addEvidenceModal.render({ state, presser, what: text, ...(kind ? { kind } : {}) });
  },
  stabilize: (state) => stabilizeModal.render({ state, lever: null }),
  "end-lever": (state, hint, presser) =>
    endLeverModal.render({
      state,
      leverNumber: hint.leverNumber ?? 0,
      presser,
      from: hint.word,
    }),
  "complete-lever": (state, hint) =>
    completeLeverModal.render({ state, leverNumber: hint.leverNumber ?? 0, from: hint.word }),
  "no-lever-needed": (state, hint) => noLeverNeededModal.render({ state, from: hint.word }),
  "set-severity": (state, _hint, _presser, text) =>
    setSeverityModal.render({
      state,
      severity: severityIds.find((id) => id === text.toUpperCase()) ?? null,
    }),
  "set-phase": (state, _hint, _presser, text) =>
    setPhaseModal.render({
      state,
      phase: phaseOrder.find((id) => id === text.toLowerCase()) ?? null,
    }),
  "reopen-incident": (state, { itemNumber = null }, _presser, text) =>
    reopenIncidentModal.render({
      state,
      why: text,
      // opened from the message of an incident that looks like this one
      similarTo: itemNumber as IncidentId | null,
    }),
  "raise-hypothesis": (state, _hint, _presser, text) =>
    raiseHypothesisModal.render({ state, statement: text }),
  checklist: (state, { strandNumber }) => checklistModal.render({ state, strandNumber }),
  strands: (state) => strandsModal.render({ state }),
  "add-strand": (state, _hint, _presser, text) => addStrandModal.render({ state, name: text }),
  "edit-strand": (state, { strandNumber = 1 }) => editStrandModal.render({ state, strandNumber }),
  dissent: (state, { strandNumber = 1, layers: [layer = "model"] = [] }, presser) =>
    dissentModal.render({ state, strandNumber, layer, presser }),
  "answer-rows": (state, hint, presser) =>
    answerRowsModal.render({
      state,
      strandNumber: hint.strandNumber ?? 1,
      claimedLayer: hint.layers?.[0] ?? "model",
      presser,
    }),
  "answer-split": (state, { strandNumber = 1 }) => answerSplitModal.render({ state, strandNumber }),
  "set-verdict": (state, hint) =>
    setVerdictModal.render({
      state,
      strandNumber: hint.strandNumber ?? 1,
      layer: hint.layers?.[0] ?? null,
    }),
  "add-action": (state, hint, _presser, text) =>
    addActionModal.render({
      state,
      layer: hint.layers?.[0] ?? null,
      title: text,
      // what it was opened for: a gap or a factor
      addresses: hint.word === undefined ? [] : [hint.word],
    }),
  "correct-action": (state, hint) =>
    correctActionModal.render({ state, number: hint.itemNumber ?? 0 }),
  "add-gap": (state, hint, _presser, text) =>
    addGapModal.render({ state, number: hint.itemNumber ?? null, statement: text }),
  "add-factor": (state, hint, _presser, text) =>
    addFactorModal.render({ state, number: hint.itemNumber ?? null, statement: text }),
  "add-golden": (state, hint, _presser, text) =>
    addGoldenModal.render({ state, number: hint.itemNumber ?? null, input: text }),
  "accept-risk": (state, hint, _presser, text) =>
    acceptRiskModal.render({
      state,
      statement: text,
      addresses: [...(hint.layers ?? []), ...(hint.word === undefined ? [] : [hint.word])],
    }),
  "answer-detection": (state) => answerDetectionModal.render({ state }),
  "link-items": (state, hint) => linkItemsModal.render({ state, of: linkedItem(hint) }),
  "add-note": (state, _hint, _presser, text) =>
    addNoteModal.render({ incident: state.incident, text }),
  "close-incident": (state) => closeIncidentModal.render({ state, missing: closeMissing(state) }),
  "edit-details": (state) => editDetailsModal.render({ state }),
  "cancel-incident": (state) => cancelIncidentModal.render({ state }),
  "remove-drill": (state) => removeDrillModal.render({ state }),
  "set-role": (state, hint, presser) => {
    const named = hint.layers?.[0] ?? hint.word;
    const role = anyRoleIds.find((id) => id === named) ?? null;
    return setRoleModal.render({ state, role, presser });
  },
  // the words are the reason why it opened by itself
  "widen-scan": ({ incident }, hint, _presser, text) =>
    widenScanModal.render({ incident, why: text, from: hint }),
  "mark-source": (state, hint) => markSourceModal.render({ state, from: hint }),
  "add-change": ({ incident }, hint) => addChangeModal.render({ incident, from: hint }),
  more: (state) => moreModal.render({ state }),
} as const satisfies Record<string, Draw>;

export type FormId = keyof typeof forms;

/** Forms that begin blank, wanted at once: whom we do not know yet is looked up while they fill them in. */
const blankForms: ReadonlySet<FormId> = new Set([
  "answer-layers",
  "add-evidence",
  "stabilize",
  "add-note",
]);

/**
 * The form of this name about this incident, or the sentence that says why it does not open: no such
 * incident, closed, not for this person.
 */
export async function openForm(
  ctx: Context,
  formId: FormId,
  hint: Hint,
  text = "",
): Promise<Reply> {
  // a drill is taken away after its end, too; and what is closed is opened again
  const read =
    formId === "remove-drill" || formId === "reopen-incident"
      ? await readIncident(ctx, hint.incidentId)
      : await readOpenIncident(ctx, hint.incidentId, { isBlankForm: blankForms.has(formId) });
  if (!read.ok) return read.error;
  const isAboutLever = formId === "end-lever" || formId === "complete-lever";
  if (isAboutLever && !read.value.levers.some((use) => use.number === hint.leverNumber)) {
    return say("There is no such lever in this incident.");
  }
  const notReopened =
    formId === "reopen-incident" ? refuseReopening(read.value.incident) : undefined;
  if (notReopened) return say(notReopened.message);
  if (isOfNoStrand(read.value, hint)) {
    return say("There is no such strand in this incident. Use the buttons of its newest message.");
  }
  if (isOfNoItem(read.value, formId, hint)) {
    return say("There is no such item in this incident. Use the buttons of its newest message.");
  }
  return { kind: "modal", view: forms[formId](read.value, hint, ctx.actor.userId, text) };
}

/**
 * Which layers somebody is asked to answer for: those the button names; else those they were asked for; else
 * those that nobody has answered yet; else all, to correct an answer.
 */
function layersFor(state: IncidentState, hint: Hint, presser: UserId): LayerId[] {
  const owned = layersAskedOf(state, presser);
  const open = layerIds.filter((layer) =>
    state.strands.some((strand) => layerState(state, strand.number, layer) === "unexamined"),
  );
  const choices = [hint.layers ?? [], owned, open, layerIds];
  return choices.find((choice) => choice.length > 0) ?? layerIds;
}

/** The number came back from the client. */
function isOfNoStrand({ strands }: IncidentState, { strandNumber }: Hint): boolean {
  return strandNumber !== undefined && !strands.some(({ number }) => number === strandNumber);
}

/** A form about an action that the incident does not have: the number came back from the client. */
function isOfNoItem({ actions }: IncidentState, formId: FormId, hint: Hint): boolean {
  const isOfAction =
    formId === "correct-action" || (formId === "link-items" && linkedItem(hint).kind === "action");
  return isOfAction && !actions.some(({ number }) => number === hint.itemNumber);
}

function linkedItem({ word, itemNumber: number = 0 }: Hint): LinkItemsInput["of"] {
  const kind = word === "gap" || word === "factor" ? word : "action";
  return { kind, number };
}
