import type { IncidentState } from "#src/domain/incident.ts";
import { AppError } from "#src/lib/errors.ts";
import { context, mrkdwn, oneLine, section } from "#views/block-kit.ts";
import { incidentLine, incidentReference } from "#views/words.ts";
import { content, type MessageContent, type MessageExtras } from "./message-content.ts";

/** What a repair found missing and has made, and what is left to a person. */
export function renderRepaired(state: IncidentState, { repaired }: MessageExtras): MessageContent {
  if (!repaired)
    throw new AppError("no_repair", "A repair message was asked for without what the repair did.");
  const { made, left } = repaired;
  const words =
    made.length === 0
      ? left.length === 0
        ? "Nothing was missing. The panel, the topic and the bookmarks were brought up to date."
        : "I could not make what is missing."
      : `Made anew: ${oneLine(made.slice(0, shownAtMost).join(", "), 1500)}${made.length > shownAtMost ? `, and ${made.length - shownAtMost} more` : ""}.`;
  return content(mrkdwn`${incidentReference(state.incident)} was looked through. ${words}`, [
    section(words),
    ...left.slice(0, shownAtMost).map((sentence) => section(oneLine(sentence, 500))),
    ...(left.length > shownAtMost
      ? [context(`And ${left.length - shownAtMost} more: mend these first, then repair again.`)]
      : []),
    context(incidentLine(state.incident)),
  ]);
}

/** Well below what one message may hold. */
const shownAtMost = 12;
