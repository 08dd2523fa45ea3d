import type { ModalView } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerState } from "#src/domain/layer-state.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { closeMissing } from "#src/domain/lifecycle.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Hint } from "#views/hint.ts";
import { addActionModal } from "#views/modals/add-action.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import { answerLayersModal } from "#views/modals/answer-layers.ts";
import { answerRowsModal } from "#views/modals/answer-rows.ts";
import { checklistModal } from "#views/modals/checklist.ts";
import { closeIncidentModal } from "#views/modals/close-incident.ts";
import { endLeverModal } from "#views/modals/end-lever.ts";
import { setVerdictModal } from "#views/modals/set-verdict.ts";
import { stabilizeModal } from "#views/modals/stabilize.ts";
import { readOpenIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";

/** Draws one form from an incident's state, for who opens it; `text` is what was typed after the command. */
type Draw = (state: IncidentState, hint: Hint, presser: UserId, text: string) => ModalView;

/** Every form about an incident, by its callback_id: opened by a subcommand or by a button of the same name. */
const forms = {
  "answer-layers": (state, hint, presser) =>
    answerLayersModal.render({ state, layers: layersFor(state, hint, presser), presser }),
  "add-evidence": (state, _hint, presser, text) =>
    addEvidenceModal.render({ state, presser, what: text }),
  stabilize: (state) => stabilizeModal.render({ state, lever: null }),
  "end-lever": (state, hint, presser) =>
    endLeverModal.render({ state, leverNumber: hint.leverNumber ?? 0, presser }),
  checklist: (state) => checklistModal.render({ state }),
  "answer-rows": (state, hint, presser) =>
    answerRowsModal.render({
      state,
      strandNumber: hint.strandNumber ?? 1,
      claimedLayer: hint.layers?.[0] ?? "model",
      presser,
    }),
  "set-verdict": (state, hint) =>
    setVerdictModal.render({
      state,
      strandNumber: hint.strandNumber ?? 1,
      layer: hint.layers?.[0] ?? null,
    }),
  "add-action": (state, hint, _presser, text) =>
    addActionModal.render({ state, layer: hint.layers?.[0] ?? null, title: text }),
  "close-incident": (state) => closeIncidentModal.render({ state, missing: closeMissing(state) }),
} as const satisfies Record<string, Draw>;

export type FormId = keyof typeof forms;

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
  const read = await readOpenIncident(ctx, hint.incidentId);
  if (!read.ok) return read.error;
  if (formId === "end-lever" && !read.value.levers.some((use) => use.number === hint.leverNumber)) {
    return say("There is no such lever in this incident.");
  }
  return { kind: "modal", view: forms[formId](read.value, hint, ctx.actor.userId, text) };
}

/**
 * Which layers somebody is asked to answer for: those the button names; else those they own; else
 * those that nobody has answered yet; else all, to correct an answer.
 */
function layersFor(state: IncidentState, hint: Hint, presser: UserId): LayerId[] {
  const owned = state.owners.filter((owner) => owner.userId === presser).map(({ layer }) => layer);
  const open = layerIds.filter((layer) =>
    state.strands.some((strand) => layerState(state, strand.number, layer) === "unexamined"),
  );
  const choices = [hint.layers ?? [], owned, open, layerIds];
  return choices.find((choice) => choice.length > 0) ?? layerIds;
}
