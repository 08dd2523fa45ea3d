import type { IncidentState } from "#src/domain/incident.ts";
import { AppError } from "#src/lib/errors.ts";
import { actions, button, context, mrkdwn, oneLine, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentLine, incidentReference } from "#views/words.ts";
import { content, type MessageContent, type MessageExtras } from "./message-content.ts";

/** To who put a file with counts into a form: it was not recorded, why, and the form as they filled it in. */
export function renderFileUnread(
  { incident }: IncidentState,
  { unread }: MessageExtras,
): MessageContent {
  if (!unread) {
    throw new AppError("no_unread", "A message about a file was asked for without the file.");
  }
  const name = oneLine(unread.fileName, 100);
  const reason = oneLine(unread.reason, 1000);
  const hint = encodeHint({ incidentId: incident.id, word: unread.effectId });
  return content(
    mrkdwn`${incidentReference(incident)}: “${name}” is not recorded as evidence. ${reason}`,
    [
      section(`“${name}” is not recorded as evidence. ${reason}`, "file-unread"),
      ...(incident.status === "open"
        ? [actions(undefined, [button("refill-evidence", "Fill it in again", hint)])]
        : []),
      context("Everything else you filled in is kept.", incidentLine(incident)),
    ],
  );
}
