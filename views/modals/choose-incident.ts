import type { Incident, IncidentId } from "#src/domain/incident.ts";
import { AppError } from "#src/lib/errors.ts";
import { err, ok } from "#src/lib/result.ts";
import { context, oneLine, section } from "#views/block-kit.ts";
import { modalView, selectInput } from "#views/inputs.ts";
import { encodeMessage, parseMessage, type WaitingMessage } from "#views/message-hint.ts";
import type { Modal } from "#views/modal.ts";
import { textOf } from "#views/values.ts";
import { incidentLine } from "#views/words.ts";

export interface ChooseIncidentProps extends WaitingMessage {
  /** The open ones, the newest first; never empty. */
  incidents: readonly Incident[];
}

/** A message, and the incident that it belongs to. */
export interface ChooseIncidentInput extends WaitingMessage {
  incidentId: IncidentId;
}

/** Asks which incident a message belongs to, where its channel is none's. */
export const chooseIncidentModal: Modal<ChooseIncidentProps, ChooseIncidentInput> = {
  callbackId: "choose-incident",

  render: ({ incidents, purpose, message }) => ({
    ...modalView("choose-incident", {
      title: purpose === "attach-evidence" ? "Attach as evidence" : "Add to the timeline",
      submit: purpose === "attach-evidence" ? "Next" : "Add",
      blocks: [
        selectInput(
          "incident",
          "Which incident does this message belong to?",
          incidents.map((one) => ({ value: String(one.id), text: incidentLine(one) })),
          {
            hasFocus: true,
            ...(incidents.length === 1 ? { initial: String(incidents[0]?.id) } : {}),
          },
        ),
        context("The message:"),
        section(oneLine(message.text, 500) || message.files.join(", ")),
      ],
    }),
    private_metadata: encodeMessage({ purpose, message }),
  }),

  parse(values, metadata) {
    const waiting = parseMessage(metadata);
    if (!waiting)
      throw new AppError("bad_hint", "A choose-incident form came without its message.");
    const chosen = textOf(values, "incident");
    if (chosen === null || !/^[1-9]\d{0,8}$/.test(chosen)) {
      return err({ incident: "Choose the incident." });
    }
    return ok({ ...waiting, incidentId: Number(chosen) as IncidentId });
  },
};
