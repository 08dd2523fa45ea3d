import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { renderAction } from "./action.ts";
import { renderAnnouncement } from "./announcement.ts";
import { renderClosed } from "./closed.ts";
import { renderEvidence } from "./evidence.ts";
import { renderEvidenceRequest, renderEvidenceRequestDm } from "./evidence-request.ts";
import { renderLever, renderLeverDm } from "./lever.ts";
import type { MessageContent, MessageExtras } from "./message-content.ts";
import { renderPanel } from "./panel.ts";
import { renderTrouble } from "./trouble.ts";
import { renderVerdict } from "./verdict.ts";

/**
 * The message that a reference means, as it reads today. Whatever the state holds, it stays within
 * Slack's limits: 50 blocks, 9,000 characters. Throws AppError `not_in_state` where the reference
 * names a number that the incident does not have.
 */
export function renderMessage(
  ref: MessageRef,
  state: IncidentState,
  extras: MessageExtras,
): MessageContent {
  switch (ref.kind) {
    case "panel":
      return renderPanel(state, extras);
    case "announcement":
      return renderAnnouncement(state);
    case "evidence-request":
      return renderEvidenceRequest(state);
    case "evidence-request-dm":
      return renderEvidenceRequestDm(state, ref.userId);
    case "lever":
      return renderLever(state, ref.leverNumber);
    case "lever-dm":
      return renderLeverDm(state, ref.leverNumber);
    case "evidence":
      return renderEvidence(state, ref.evidenceNumber);
    case "verdict":
      return renderVerdict(state, ref.strandNumber, ref.layer);
    case "action":
      return renderAction(state, ref.actionNumber, extras);
    case "closed":
      return renderClosed(state, extras);
    case "trouble":
      return renderTrouble(state, extras);
  }
}
