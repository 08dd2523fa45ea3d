import { openEvidenceForm } from "#commands/message.ts";
import { addToTimeline } from "#src/usecases/add-to-timeline.ts";
import { chooseIncidentModal } from "#views/modals/choose-incident.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { on, type Submission } from "./submission.ts";

const addMessage = on(chooseIncidentModal, addToTimeline);

/** The incident of a message was chosen: the message is added to its timeline, or the form for evidence follows. */
export const chooseIncidentSubmission: Submission = {
  callbackId: chooseIncidentModal.callbackId,
  async handle(ctx, form, outside) {
    const parsed = chooseIncidentModal.parse(form.values, form.metadata);
    if (!parsed.ok) return { kind: "errors", errors: parsed.error };
    const { purpose, incidentId, message } = parsed.value;
    if (purpose === "add-to-timeline") return addMessage.handle(ctx, form, outside);
    const reply = await openEvidenceForm(ctx, incidentId, message);
    if (reply.kind === "modal") return { kind: "update", view: reply.view };
    const sentence = reply.kind === "ephemeral" ? reply.text : "";
    return { kind: "update", view: receiptModal.render({ title: "Not saved", sentence }) };
  },
};
