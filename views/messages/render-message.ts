import type { MessageRef } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { renderAction } from "./action.ts";
import { renderAnnouncement } from "./announcement.ts";
import { renderAnswerLate, renderAnswerReminder } from "./answer-reminder.ts";
import { renderChanges } from "./changes.ts";
import { renderCatchUp } from "./catch-up.ts";
import { renderClosed } from "./closed.ts";
import { renderEntry } from "./entry.ts";
import { renderEvidence } from "./evidence.ts";
import { renderEvidenceRequest, renderEvidenceRequestDm } from "./evidence-request.ts";
import { renderHypothesis } from "./hypothesis.ts";
import { renderFileUnread } from "./file-unread.ts";
import { renderLearning } from "./learning.ts";
import { renderLever, renderLeverDm, renderLeverReminder } from "./lever.ts";
import { renderLeverLate } from "./lever-late.ts";
import type { MessageContent, MessageExtras } from "./message-content.ts";
import { renderOwnersMissing } from "./owners-missing.ts";
import { renderPanel } from "./panel.ts";
import { renderRepaired } from "./repaired.ts";
import { renderSimilar } from "./similar.ts";
import { renderStrand } from "./strand.ts";
import { renderTrouble } from "./trouble.ts";
import { renderUpdateReminder } from "./update-reminder.ts";
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
    case "answer-reminder":
      return renderAnswerReminder(state, ref);
    case "answer-late":
      return renderAnswerLate(state, ref.layer);
    case "owners-missing":
      return renderOwnersMissing(state);
    case "lever":
      return renderLever(state, ref.leverNumber);
    case "lever-dm":
      return renderLeverDm(state, ref.leverNumber, ref.userId);
    case "lever-reminder":
      return renderLeverReminder(state, ref.leverNumber, ref.userId);
    case "lever-late":
      return renderLeverLate(state, ref.leverNumber);
    case "evidence":
      return renderEvidence(state, ref.evidenceNumber);
    case "verdict":
      return renderVerdict(state, ref.strandNumber, ref.layer);
    case "strand":
      return renderStrand(state, ref.strandNumber);
    case "action":
      return renderAction(state, ref.actionNumber, extras);
    case "learning":
      return renderLearning(state, ref.item, ref.number);
    case "closed":
      return renderClosed(state, extras);
    case "file-unread":
      return renderFileUnread(state, extras);
    case "repaired":
      return renderRepaired(state, extras);
    case "hypothesis":
      return renderHypothesis(state, ref.number);
    case "changes":
      return renderChanges(state);
    case "similar":
      return renderSimilar(state, ref.otherId, extras.other);
    case "catch-up":
      return renderCatchUp(state, ref.userId);
    case "update-reminder":
      return renderUpdateReminder(state);
    case "entry":
      return renderEntry(state, extras.entry);
    case "trouble":
      return renderTrouble(state, extras);
  }
}
